import { AppError } from "../../../shared/app-error.ts";
import type { AccountsEnvironment } from "../accounts-environment.ts";
import { openSession } from "../open-session.ts";
import type { ProviderIdentity } from "../ports.ts";
import { hashSecretToken } from "../random-names.ts";
import type { Viewer } from "../viewer.ts";
import { keepPendingIdentity } from "./pending-identity.ts";

export interface IdentitySignIn {
	/** As the provider has vouched for it. */
	readonly identity: ProviderIdentity;
	readonly suggestedName: string | undefined;
	readonly deviceName: string;
	/** The token of the link by which they came to this server. */
	readonly registrationToken: string | undefined;
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
 * that the provider reports proves nothing. Throws `account-disabled`; for somebody new `registration-token-invalid`, and
 * `registration-closed` where the server takes nobody without a token.
 */
export const signInWithIdentity = async (
	environment: AccountsEnvironment,
	{ identity, suggestedName, deviceName, registrationToken }: IdentitySignIn,
): Promise<IdentityOutcome> => {
	const { store } = environment;
	const userId = await store.findIdentity(identity);
	const account = userId === undefined ? undefined : await store.findAccountById(userId);
	if (account === undefined) {
		const tokenHash = registrationToken === undefined ? undefined : hashSecretToken(registrationToken);
		await refuseWhoCannotRegister(environment, tokenHash);
		const ticket = await keepPendingIdentity(environment, { identity, suggestedName, tokenHash });
		return { kind: "unknown", ticket };
	}
	if (account.isDisabled) throw new AppError("account-disabled");
	const viewer = await openSession(environment, { account, deviceName });
	if (viewer === undefined) throw new AppError("account-disabled");
	return { kind: "signed-in", viewer };
};

/** Early, so that nobody fills in a form for nothing; the registration itself decides. */
const refuseWhoCannotRegister = async (
	{ store, registration, clock }: AccountsEnvironment,
	tokenHash: string | undefined,
): Promise<void> => {
	if (tokenHash === undefined) {
		if (registration === "closed" || !(await store.hasOwner())) throw new AppError("registration-closed");
	} else if (!(await store.isRegistrationTokenGood(tokenHash, clock.now()))) {
		throw new AppError("registration-token-invalid");
	}
};
