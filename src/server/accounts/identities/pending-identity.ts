import { z } from "zod";
import { AppError } from "../../../shared/app-error.ts";
import type { AccountsEnvironment } from "../accounts-environment.ts";
import { giveGrant, readGrant, takeGrant } from "../one-time-grants.ts";
import type { ProviderIdentity } from "../ports.ts";
import { newSecretToken } from "../random-names.ts";

const pendingIdentity = {
	name: "identity-sign-up",
	data: z.object({ issuer: z.string(), subject: z.string(), suggestedName: z.string().optional() }),
	lifetimeMs: 15 * 60_000,
};

/** Somebody whom the identity provider knows and this server does not; the ticket lets them make an account. */
export const keepPendingIdentity = async (
	environment: AccountsEnvironment,
	data: ProviderIdentity & { readonly suggestedName?: string | undefined },
): Promise<string> => {
	const secret = newSecretToken(environment.randomBytes);
	await giveGrant(environment, pendingIdentity, { secret, data });
	return secret;
};

/** What the form can fill in; undefined when the sign-up has to begin anew at the provider. */
export const readSuggestedName = async (
	environment: AccountsEnvironment,
	ticket: string,
): Promise<{ readonly suggestedName: string | undefined } | undefined> => {
	const data = await readGrant(environment, pendingIdentity, ticket);
	return data === undefined ? undefined : { suggestedName: data.suggestedName };
};

/**
 * Whose ticket it is. It is not used up here, because a form may come back with a username that is taken; it can make
 * no second account, because an identity belongs to one. Throws AppError `identity-expired`.
 */
export const readPendingIdentity = async (
	environment: AccountsEnvironment,
	ticket: string,
): Promise<ProviderIdentity> => {
	const data = await readGrant(environment, pendingIdentity, ticket);
	if (data === undefined) throw new AppError("identity-expired");
	return { issuer: data.issuer, subject: data.subject };
};

/** Once the account stands. */
export const dropPendingIdentity = async (environment: AccountsEnvironment, ticket: string): Promise<void> => {
	await takeGrant(environment, pendingIdentity, ticket);
};
