import type { UserId } from "../../../../federation/identifiers/identifier-types.ts";
import type { AccountsEnvironment } from "../accounts-environment.ts";

type ShowEnvironment = Pick<AccountsEnvironment, "store" | "memberships" | "log">;

/** A person who changes it all the time is left to the next run. */
const rounds = 3;
const peopleAtOnce = 100;

/**
 * Brings the person's rooms up to their profile. It is new until all of them show it, so whatever breaks half way is found
 * again; when it was changed meanwhile, here or by another process, the newer one is shown too.
 */
export const showProfile = async ({ store, memberships }: ShowEnvironment, userId: UserId): Promise<void> => {
	for (let round = 0; round < rounds; round += 1) {
		const profile = await store.findProfile(userId);
		if (profile === undefined) return;
		await memberships.showProfile(userId);
		if (await store.noteProfileShown(userId, profile)) return;
	}
};

/** Goes on with what a crash or a failure has interrupted; one person's failure does not hold up the others. */
export const showNewProfiles = async (environment: ShowEnvironment): Promise<void> => {
	for (const userId of await environment.store.listNewProfiles(peopleAtOnce)) {
		try {
			await showProfile(environment, userId);
		} catch (err) {
			environment.log.warn({ err }, "a new profile does not show everywhere yet; it will be tried again");
		}
	}
};
