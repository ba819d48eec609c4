import { AppError } from "../../shared/app-error.ts";
import type { AccountsEnvironment } from "./accounts-environment.ts";
import { userIdOfLocalpart } from "./check-localpart.ts";
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
	/** The caller's network address. */
	readonly address: string;
}

/** Whether a new account could have the name. Who could not register is not told who is here. */
export const checkUsername = async (
	environment: AccountsEnvironment,
	{ localpart, registrationToken, address }: UsernameQuestion,
): Promise<UsernameAnswer> => {
	environment.limiters.usernameByAddress.begin(address);
	if (!isValid(localpart, environment.serverName)) {
		return { isFree: false, reason: "username-invalid" };
	}
	if (!(await mayRegister(environment, registrationToken))) {
		return {
			isFree: false,
			reason: environment.registration === "closed" ? "registration-closed" : "registration-token-invalid",
		};
	}
	const account = await environment.store.findAccount(localpart);
	return account === undefined ? { isFree: true } : { isFree: false, reason: "username-taken" };
};

const mayRegister = async (
	{ registration, store, clock }: AccountsEnvironment,
	token: string | undefined,
): Promise<boolean> => {
	if (registration === "open") return true;
	return token !== undefined && store.isRegistrationTokenGood(hashSecretToken(token), clock.now());
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
