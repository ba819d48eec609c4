import * as z from "zod";
import { AppError } from "../../../shared/app-error.ts";
import type { AccountsEnvironment } from "../accounts-environment.ts";
import { giveGrant, readGrant, takeGrant } from "../one-time-grants.ts";
import type { ProviderIdentity } from "../ports.ts";
import { newSecretToken } from "../random-names.ts";

const pendingIdentity = {
	name: "identity-sign-up",
	data: z.object({
		issuer: z.string(),
		subject: z.string(),
		suggestedName: z.string().optional(),
		tokenHash: z.string().optional(),
	}),
	lifetimeMs: 15 * 60_000,
};

/** Somebody whom the identity provider knows and this server does not. */
export interface PendingIdentity {
	readonly identity: ProviderIdentity;
	/** What the form can fill in. */
	readonly suggestedName: string | undefined;
	/** The hash of the registration token that they came with. */
	readonly tokenHash: string | undefined;
}

/** The ticket lets them make an account. */
export const keepPendingIdentity = async (
	environment: AccountsEnvironment,
	{ identity, ...rest }: PendingIdentity,
): Promise<string> => {
	const secret = newSecretToken(environment.randomBytes);
	await giveGrant(environment, pendingIdentity, { secret, data: { ...identity, ...rest } });
	return secret;
};

/**
 * Whose ticket it is. It is not used up here, because a form may come back with a username that is taken; it can make
 * no second account, because an identity belongs to one. Throws AppError `identity-expired`: the sign-up has to begin
 * anew at the provider.
 */
export const readPendingIdentity = async (
	environment: AccountsEnvironment,
	ticket: string,
): Promise<PendingIdentity> => {
	const found = await findPendingIdentity(environment, ticket);
	if (found === undefined) throw new AppError("identity-expired");
	return found;
};

/** The same; undefined where there is none any more. */
export const findPendingIdentity = async (
	environment: AccountsEnvironment,
	ticket: string,
): Promise<PendingIdentity | undefined> => {
	const data = await readGrant(environment, pendingIdentity, ticket);
	if (data === undefined) return undefined;
	const { issuer, subject, suggestedName, tokenHash } = data;
	return { identity: { issuer, subject }, suggestedName, tokenHash };
};

/** Once the account stands. */
export const dropPendingIdentity = async (environment: AccountsEnvironment, ticket: string): Promise<void> => {
	await takeGrant(environment, pendingIdentity, ticket);
};
