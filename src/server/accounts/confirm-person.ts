import { AppError } from "../../shared/app-error.ts";
import type { AccountsEnvironment } from "./accounts-environment.ts";
import { normalizePassword } from "./check-password.ts";
import { isConfirmedByIdentity } from "./identities/confirm-with-identity.ts";
import { giveGrant } from "./one-time-grants.ts";
import type { PasskeyOptions, RelyingParty } from "./passkeys/ceremonies.ts";
import { confirmChallenge, type PasskeyAnswer, takeChallenge } from "./passkeys/passkey-challenge.ts";
import { checkPasskeyUse } from "./passkeys/use-passkey.ts";
import type { StoredAccount, StoredCredentials } from "./ports.ts";
import type { Viewer } from "./viewer.ts";

/** That it is still the account's own person who sits at the device: asked before what cannot be taken back. */
export type PersonProof =
	| { readonly kind: "password"; readonly password: string }
	| (PasskeyAnswer & { readonly kind: "passkey" })
	/** What whoever came back from their identity provider in this session was given. */
	| { readonly kind: "provider"; readonly ticket: string | undefined };

/** What the browser is asked so that a passkey can prove it. */
export const beginConfirm = async (
	environment: AccountsEnvironment,
	viewer: Viewer,
	relyingParty: RelyingParty,
): Promise<PasskeyOptions> => {
	environment.limiters.confirmBySession.begin(viewer.sessionId);
	const options = await environment.ceremonies.requestOptions(relyingParty);
	const data = { sessionId: viewer.sessionId };
	await giveGrant(environment, confirmChallenge, { secret: options.challenge, data });
	environment.limiters.confirmBySession.refund(viewer.sessionId);
	return options;
};

/**
 * The viewer's account, once the proof is good. Throws AppError `wrong-credentials` or `passkey-refused`, and
 * `too-many-requests` for whoever guesses at a device that was left open.
 */
export const confirmPerson = async (
	environment: AccountsEnvironment,
	viewer: Viewer,
	proof: PersonProof,
): Promise<StoredAccount & StoredCredentials> => {
	const { store, limiters } = environment;
	limiters.confirmBySession.begin(viewer.sessionId);
	const account = await store.findAccountById(viewer.userId);
	if (account === undefined || !(await isProven(environment, { viewer, account, proof }))) {
		throw new AppError(proof.kind === "passkey" ? "passkey-refused" : "wrong-credentials");
	}
	limiters.confirmBySession.clear(viewer.sessionId);
	return account;
};

interface Claim {
	readonly viewer: Viewer;
	readonly account: StoredAccount & StoredCredentials;
	readonly proof: PersonProof;
}

const isProven = async (environment: AccountsEnvironment, { viewer, account, proof }: Claim): Promise<boolean> => {
	switch (proof.kind) {
		case "password":
			return environment.passwords.verify(normalizePassword(proof.password), account.passwordHash);
		case "passkey": {
			const taken = await takeChallenge(environment, confirmChallenge, proof);
			if (taken === undefined || taken.data.sessionId !== viewer.sessionId) return false;
			return (await checkPasskeyUse(environment, proof, taken.challenge)) === viewer.userId;
		}
		case "provider":
			return isConfirmedByIdentity(environment, viewer, proof.ticket);
	}
};
