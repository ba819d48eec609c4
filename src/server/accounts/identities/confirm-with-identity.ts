import * as z from "zod";
import { AppError } from "../../../shared/app-error.ts";
import type { AccountsEnvironment } from "../accounts-environment.ts";
import { giveGrant, readGrant } from "../one-time-grants.ts";
import type { ProviderIdentity } from "../ports.ts";
import { newSecretToken } from "../random-names.ts";
import { resolveSession } from "../resolve-session.ts";
import type { Viewer } from "../viewer.ts";

/** How far the provider's clock may be behind ours. */
const clockSkewMs = 60_000;

/** For a few minutes, so that whoever comes back from the provider finds their way to what they were about to do. */
const confirmedIdentity = {
	name: "identity-confirm",
	data: z.object({ sessionId: z.string() }),
	lifetimeMs: 5 * 60_000,
};

export interface IdentityConfirmation {
	/** As the provider has vouched for it. */
	readonly identity: ProviderIdentity;
	/** The session in which it was asked for, and when. */
	readonly sessionId: string;
	readonly askedAt: number;
	/** When the person last showed the provider who they are, where it says so. */
	readonly authenticatedAt: number | undefined;
}

/**
 * Somebody who is signed in comes back from the identity provider, which was asked to ask them anew. The ticket proves in
 * this session alone that they are there. Throws AppError `not-signed-in`; `wrong-credentials` for somebody else, or where
 * the provider says that it did not ask.
 */
export const confirmWithIdentity = async (
	environment: AccountsEnvironment,
	{ identity, sessionId, askedAt, authenticatedAt }: IdentityConfirmation,
): Promise<string> => {
	const viewer = await resolveSession(environment, sessionId);
	if (viewer === undefined) throw new AppError("not-signed-in");
	const isStale = authenticatedAt !== undefined && authenticatedAt < askedAt - clockSkewMs;
	if (isStale || (await environment.store.findIdentity(identity)) !== viewer.userId) {
		throw new AppError("wrong-credentials");
	}
	const secret = newSecretToken(environment.randomBytes);
	await giveGrant(environment, confirmedIdentity, { secret, data: { sessionId } });
	return secret;
};

/** Whether the ticket is one of this session that still counts. */
export const isConfirmedByIdentity = async (
	environment: Pick<AccountsEnvironment, "store" | "clock">,
	viewer: Viewer,
	ticket: string | undefined,
): Promise<boolean> =>
	ticket !== undefined && (await readGrant(environment, confirmedIdentity, ticket))?.sessionId === viewer.sessionId;
