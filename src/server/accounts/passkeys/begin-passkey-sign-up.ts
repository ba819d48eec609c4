import { AppError } from "../../../shared/app-error.ts";
import type { AccountsEnvironment } from "../accounts-environment.ts";
import { checkDisplayName, cleanName } from "../check-display-name.ts";
import { checkUsername, type UsernameQuestion } from "../check-username.ts";
import { giveGrant } from "../one-time-grants.ts";
import type { NewPasskey } from "../ports.ts";
import { newUserHandle } from "../random-names.ts";
import type { PasskeyOptions, RelyingParty } from "./ceremonies.ts";
import { type PasskeyAnswer, readNewPasskey, signUpChallenge, takeChallenge } from "./passkey-challenge.ts";

export interface PasskeySignUp extends UsernameQuestion {
	readonly displayName: string;
	readonly relyingParty: RelyingParty;
}

/**
 * What the browser is asked to make the first passkey of a new account. Asked before the account is made, so that no
 * authenticator keeps a passkey for a name that somebody else has. Throws what a registration with this name would.
 */
export const beginPasskeySignUp = async (
	environment: AccountsEnvironment,
	{ displayName, relyingParty, ...question }: PasskeySignUp,
): Promise<PasskeyOptions> => {
	const shown = checkDisplayName(displayName);
	const answer = await checkUsername(environment, question);
	if (!answer.isFree) throw new AppError(answer.reason);
	const userHandle = newUserHandle(environment.randomBytes);
	const options = await environment.ceremonies.creationOptions({
		...{ relyingParty, userHandle },
		userName: question.localpart,
		displayName: shown,
		known: [],
	});
	await giveGrant(environment, signUpChallenge, { secret: options.challenge, data: { userHandle } });
	return options;
};

/** The passkey that somebody made for the account they register now. Throws AppError `passkey-refused`. */
export const readFirstPasskey = async (
	environment: AccountsEnvironment,
	answer: PasskeyAnswer & { readonly name: string },
): Promise<NewPasskey> => {
	const taken = await takeChallenge(environment, signUpChallenge, answer);
	if (taken === undefined) throw new AppError("passkey-refused");
	const passkey = await readNewPasskey(environment, answer, {
		challenge: taken.challenge,
		userHandle: taken.data.userHandle,
		name: cleanName(answer.name, "passkey"),
	});
	if (passkey === undefined) throw new AppError("passkey-refused");
	return passkey;
};
