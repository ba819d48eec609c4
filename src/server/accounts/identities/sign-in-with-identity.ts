import { AppError } from "../../../shared/app-error.ts";
import type { AccountsEnvironment } from "../accounts-environment.ts";
import { openSession } from "../open-session.ts";
import type { ProviderIdentity } from "../ports.ts";
import type { Viewer } from "../viewer.ts";
import { keepPendingIdentity } from "./pending-identity.ts";

export interface IdentitySignIn {
	/** As the provider has vouched for it. */
	readonly identity: ProviderIdentity;
	readonly suggestedName: string | undefined;
	readonly deviceName: string;
}

export type IdentityOutcome =
	| { readonly kind: "signed-in"; readonly viewer: Viewer }
	/** Nobody has an account by this identity: the ticket lets its person make one. */
	| { readonly kind: "unknown"; readonly ticket: string };

/** Counted before the provider is asked anything on a caller's behalf. Throws AppError `too-many-requests`. */
export const admitIdentity = ({ limiters }: AccountsEnvironment, address: string): void =>
	limiters.identityByAddress.begin(address);

/**
 * Somebody comes back from the identity provider. The account is found by issuer and subject alone: a name or an address
 * that the provider reports proves nothing. Throws `account-disabled`; `registration-closed` where the server takes nobody new.
 */
export const signInWithIdentity = async (
	environment: AccountsEnvironment,
	{ identity, suggestedName, deviceName }: IdentitySignIn,
): Promise<IdentityOutcome> => {
	const { store, registration } = environment;
	const userId = await store.findIdentity(identity);
	const account = userId === undefined ? undefined : await store.findAccountById(userId);
	if (account === undefined) {
		if (registration === "closed" || !(await store.hasOwner())) throw new AppError("registration-closed");
		return { kind: "unknown", ticket: await keepPendingIdentity(environment, { ...identity, suggestedName }) };
	}
	if (account.isDisabled) throw new AppError("account-disabled");
	const viewer = await openSession(environment, { account, deviceName });
	if (viewer === undefined) throw new AppError("account-disabled");
	return { kind: "signed-in", viewer };
};
