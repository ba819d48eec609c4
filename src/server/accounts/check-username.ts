import { AppError } from "../../shared/app-error.ts";
import type { AccountsEnvironment } from "./accounts-environment.ts";
import { userIdOfLocalpart } from "./check-localpart.ts";
import { findPendingIdentity } from "./identities/pending-identity.ts";
import { hashSecretToken } from "./random-names.ts";

export type UsernameAnswer =
	| { readonly isFree: true }
	| {
			readonly isFree: false;
			readonly reason: "username-invalid" | "username-taken" | "registration-closed" | "registration-token-invalid";
	  };

export interface UsernameQuestion {
	readonly localpart: string;
	/** Asked for where nobody registers without one; asking does not use it up. */
	readonly registrationToken?: string | undefined;
	/** Of somebody who came from the identity provider, perhaps with a token. */
	readonly identityTicket?: string | undefined;
	/** The caller's network address. */
	readonly address: string;
}

/** Whether a new account could have the name. Who could not register is not told who is here. */
export const checkUsername = async (
	environment: AccountsEnvironment,
	question: UsernameQuestion,
): Promise<UsernameAnswer> => {
	const { localpart } = question;
	environment.limiters.usernameByAddress.begin(question.address);
	if (!isValid(localpart, environment.serverName)) {
		return { isFree: false, reason: "username-invalid" };
	}
	if (!(await mayRegister(environment, question))) {
		return {
			isFree: false,
			reason: environment.registration === "closed" ? "registration-closed" : "registration-token-invalid",
		};
	}
	const account = await environment.store.findAccount(localpart);
	return account === undefined ? { isFree: true } : { isFree: false, reason: "username-taken" };
};

const mayRegister = async (environment: AccountsEnvironment, question: UsernameQuestion): Promise<boolean> => {
	const { registration, store, clock } = environment;
	if (registration === "open") return true;
	const tokenHash = await tokenHashOf(environment, question);
	return tokenHash !== undefined && store.isRegistrationTokenGood(tokenHash, clock.now());
};

const tokenHashOf = async (
	environment: AccountsEnvironment,
	{ registrationToken, identityTicket }: UsernameQuestion,
): Promise<string | undefined> => {
	if (registrationToken !== undefined) return hashSecretToken(registrationToken);
	return identityTicket === undefined ? undefined : (await findPendingIdentity(environment, identityTicket))?.tokenHash;
};

const isValid = (localpart: string, serverName: string): boolean => {
	try {
		userIdOfLocalpart(localpart, serverName);
		return true;
	} catch (error) {
		if (error instanceof AppError) {
			return false;
		}
		throw error;
	}
};
