import type { UserId } from "../../../federation/identifiers/identifier-types.ts";
import { AppError } from "../../shared/app-error.ts";
import type { AccountsEnvironment } from "./accounts-environment.ts";
import { checkDisplayName } from "./check-display-name.ts";
import { userIdOfLocalpart } from "./check-localpart.ts";
import { openSession } from "./open-session.ts";
import { signOutEverywhere } from "./operator/sign-out-everywhere.ts";
import type { Viewer } from "./viewer.ts";

/**
 * Makes the account of the server's own assistant, under the first of the names that is free. It has no password, no passkey
 * and no identity: nobody signs in as it. Throws `username-taken`.
 */
export const addBot = async (
	{ store, serverName, log }: AccountsEnvironment,
	{ localparts, displayName }: { readonly localparts: readonly string[]; readonly displayName: string },
): Promise<UserId> => {
	const shown = checkDisplayName(displayName);
	for (const localpart of localparts) {
		const userId = userIdOfLocalpart(localpart, serverName);
		const account = { userId, localpart, displayName: shown, isOwner: false, isBot: true };
		if ((await store.addAccount(account)) !== "added") continue;
		log.info({ userId }, "account of the assistant added");
		return userId;
	}
	throw new AppError("username-taken");
};

/** Ends the devices of the assistant, and makes one. Throws `user-unknown`, and `forbidden` while its account is switched off. */
export const openBotDevice = async (
	environment: AccountsEnvironment,
	{ userId, deviceName }: { readonly userId: UserId; readonly deviceName: string },
): Promise<Viewer> => {
	const account = await environment.store.findAccountById(userId);
	if (account === undefined) throw new AppError("user-unknown");
	if (!account.isBot) throw new AppError("forbidden");
	await signOutEverywhere(environment, userId);
	const viewer = await openSession(environment, { account, deviceName });
	if (viewer === undefined) throw new AppError("forbidden");
	return viewer;
};
