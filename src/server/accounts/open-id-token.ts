import * as z from "zod";
import type { UserId } from "../../../federation/identifiers/identifier-types.ts";
import type { AccountsEnvironment } from "./accounts-environment.ts";
import { giveGrant, readGrant } from "./one-time-grants.ts";
import { newSecretToken } from "./random-names.ts";
import { resolveSession } from "./resolve-session.ts";
import type { Viewer } from "./viewer.ts";

const lifetimeMs = 3_600_000;
const openIdToken = { name: "open-id", data: z.object({ sessionId: z.string() }), lifetimeMs };

/** What a person hands to a service that is to know who they are; it opens nothing here. */
export interface OpenIdToken {
	readonly accessToken: string;
	readonly expiresInMs: number;
}

/** Throws AppError `too-many-requests`. */
export const issueOpenIdToken = async (environment: AccountsEnvironment, viewer: Viewer): Promise<OpenIdToken> => {
	environment.limiters.openIdByAccount.begin(viewer.userId);
	const secret = newSecretToken(environment.randomBytes);
	await giveGrant(environment, openIdToken, { secret, data: { sessionId: viewer.sessionId } });
	return { accessToken: secret, expiresInMs: lifetimeMs };
};

/** Whose token it is, as often as it is asked within its hour; undefined: nobody's, or its device was signed out. */
export const whoseOpenIdToken = async (
	environment: Pick<AccountsEnvironment, "store" | "clock">,
	accessToken: string,
): Promise<UserId | undefined> => {
	const grant = await readGrant(environment, openIdToken, accessToken);
	const viewer = grant === undefined ? undefined : await resolveSession(environment, grant.sessionId);
	return viewer?.userId;
};
