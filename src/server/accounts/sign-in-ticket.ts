import * as z from "zod";
import type { UserId } from "../../../federation/identifiers/identifier-types.ts";
import { AppError } from "../../shared/app-error.ts";
import type { AccountsEnvironment } from "./accounts-environment.ts";
import { giveGrant, takeGrant } from "./one-time-grants.ts";
import { openSession } from "./open-session.ts";
import { newSecretToken } from "./random-names.ts";
import type { Viewer } from "./viewer.ts";

const signInTicket = { name: "sign-in", data: z.object({ userId: z.string() }), lifetimeMs: 2 * 60_000 };

/** Lets the page that has just made an account in, once and at once, however it will sign in later. */
export const issueSignInTicket = async (environment: AccountsEnvironment, userId: UserId): Promise<string> => {
	const secret = newSecretToken(environment.randomBytes);
	await giveGrant(environment, signInTicket, { secret, data: { userId } });
	return secret;
};

/** Throws AppError `wrong-credentials`, `account-disabled`. */
export const signInWithTicket = async (
	environment: AccountsEnvironment,
	{ ticket, deviceName }: { readonly ticket: string; readonly deviceName: string },
): Promise<Viewer> => {
	const data = await takeGrant(environment, signInTicket, ticket);
	const account = data === undefined ? undefined : await environment.store.findAccountById(data.userId as UserId);
	if (account === undefined) throw new AppError("wrong-credentials");
	const viewer = await openSession(environment, { account, deviceName });
	if (viewer === undefined) throw new AppError("account-disabled");
	return viewer;
};
