import { AppError } from "../../../shared/app-error.ts";
import type { AccountsEnvironment } from "../accounts-environment.ts";
import { giveGrant } from "../one-time-grants.ts";
import { openSession } from "../open-session.ts";
import type { Viewer } from "../viewer.ts";
import type { PasskeyOptions, RelyingParty } from "./ceremonies.ts";
import { type PasskeyAnswer, signInChallenge, takeChallenge } from "./passkey-challenge.ts";
import { checkPasskeyUse } from "./use-passkey.ts";

export interface PasskeySignIn extends PasskeyAnswer {
	readonly deviceName: string;
	/** The caller's network address. */
	readonly address: string;
}

/** What the browser is asked; the same for everybody, whoever has passkeys here. */
export const beginPasskeySignIn = async (
	environment: AccountsEnvironment,
	{ relyingParty, address }: { readonly relyingParty: RelyingParty; readonly address: string },
): Promise<PasskeyOptions> => {
	environment.limiters.passkeyByAddress.begin(address);
	const options = await environment.ceremonies.requestOptions(relyingParty);
	await giveGrant(environment, signInChallenge, { secret: options.challenge, data: {} });
	return options;
};

/**
 * Makes a session for the account that the passkey belongs to. One answer for a stale challenge, an unknown passkey and
 * a signature that is wrong; that an account is disabled is told only to who has its passkey. Throws `passkey-refused`,
 * `account-disabled`, `too-many-requests`.
 */
export const signInWithPasskey = async (environment: AccountsEnvironment, request: PasskeySignIn): Promise<Viewer> => {
	environment.limiters.passkeyByAddress.begin(request.address);
	const taken = await takeChallenge(environment, signInChallenge, request);
	const userId = taken === undefined ? undefined : await checkPasskeyUse(environment, request, taken.challenge);
	const account = userId === undefined ? undefined : await environment.store.findAccountById(userId);
	if (account === undefined) throw new AppError("passkey-refused");
	if (account.isDisabled) throw new AppError("account-disabled");
	const viewer = await openSession(environment, { account, deviceName: request.deviceName });
	if (viewer === undefined) throw new AppError("passkey-refused");
	return viewer;
};
