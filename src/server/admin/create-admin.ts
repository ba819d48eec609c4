import type { RoomId, UserId } from "../../../federation/identifiers/identifier-types.ts";
import { AppError } from "../../shared/app-error.ts";
import type { Accounts, Clock, Viewer } from "../accounts/public.ts";
import { addPerson, type NewPerson } from "./add-person.ts";
import { resetPersonsPassword, setPersonDisabled, signPersonOut } from "./change-person.ts";
import { listPeople, type PeopleQuery } from "./list-people.ts";
import { localPerson } from "./local-person.ts";
import { findRoom, listRooms, peopleIn } from "./look-at-rooms.ts";
import type { AdminPerson, AdminStore } from "./ports.ts";
import { type ProcessFigures, readStatistics } from "./read-statistics.ts";

export interface AdminOptions {
	readonly store: AdminStore;
	readonly accounts: Accounts;
	readonly clock: Clock;
	readonly serverName: string;
	/** Has everybody of this server leave a room; answers how many did, and whether it can be joined no more. */
	closeRoom(roomId: RoomId): Promise<{ readonly count: number; readonly isShut: boolean }>;
	/** What this process knows of itself. */
	readonly processFigures: () => ProcessFigures;
}

/** What the owner of this server may do to it. Every caller was checked to be the owner before: see `adminProcedure`. */
export const createAdmin = (options: AdminOptions) => {
	const { store, accounts, clock, serverName } = options;
	return {
		people: (query: PeopleQuery) => listPeople(store, query),
		addPerson: (person: NewPerson) => addPerson(accounts, person),
		setDisabled: (viewer: Viewer, userId: string, isDisabled: boolean) =>
			setPersonDisabled(accounts, viewer, { userId, isDisabled }),
		resetPassword: (viewer: Viewer, userId: string) => resetPersonsPassword(accounts, viewer, userId),
		tokens: () => store.listTokens(clock.now()),
		createToken: accounts.operator.createRegistrationToken,
		removeToken: (id: string) => store.removeToken(id),
		/** Whom of this server a name means. Throws `user-unknown` where there is no such account. */
		person: async (name: string): Promise<AdminPerson> => {
			const person = await store.findPerson(localPerson(name, serverName));
			if (person === undefined) throw new AppError("user-unknown");
			return person;
		},
		signOut: (viewer: Viewer, userId: UserId) => signPersonOut(accounts, viewer, userId),
		owners: () => store.listOwners(),
		rooms: (text: string) => listRooms(store, text),
		room: (name: string) => findRoom(store, name),
		peopleIn: (roomId: RoomId) => peopleIn(store, roomId),
		closeRoom: options.closeRoom,
		peopleByDay: () => store.countPeopleByDay(clock.now()),
		storage: () => store.readStorage(),
		processFigures: options.processFigures,
		statistics: () => readStatistics(options),
	};
};

export type Admin = ReturnType<typeof createAdmin>;
