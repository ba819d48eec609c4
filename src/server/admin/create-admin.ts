import type { Accounts, Clock, Viewer } from "../accounts/public.ts";
import { addPerson, type NewPerson } from "./add-person.ts";
import { resetPersonsPassword, setPersonDisabled } from "./change-person.ts";
import { listPeople, type PeopleQuery } from "./list-people.ts";
import type { AdminStore } from "./ports.ts";
import { type ProcessFigures, readStatistics } from "./read-statistics.ts";

export interface AdminOptions {
	readonly store: AdminStore;
	readonly accounts: Accounts;
	readonly clock: Clock;
	/** What this process knows of itself. */
	readonly processFigures: () => ProcessFigures;
}

/** What the owner of this server may do to it. Every caller was checked to be the owner before: see `adminProcedure`. */
export const createAdmin = (options: AdminOptions) => {
	const { store, accounts, clock } = options;
	return {
		people: (query: PeopleQuery) => listPeople(store, query),
		addPerson: (person: NewPerson) => addPerson(accounts, person),
		setDisabled: (viewer: Viewer, userId: string, isDisabled: boolean) =>
			setPersonDisabled(accounts, viewer, { userId, isDisabled }),
		resetPassword: (viewer: Viewer, userId: string) => resetPersonsPassword(accounts, viewer, userId),
		tokens: () => store.listTokens(clock.now()),
		createToken: accounts.operator.createRegistrationToken,
		removeToken: (id: string) => store.removeToken(id),
		statistics: () => readStatistics(options),
	};
};

export type Admin = ReturnType<typeof createAdmin>;
