import { AppError } from "../../shared/app-error.ts";
import type { AccountsEnvironment } from "./accounts-environment.ts";
import { userIdOfLocalpart } from "./check-localpart.ts";

export type UsernameAnswer =
	| { readonly isFree: true }
	| { readonly isFree: false; readonly reason: "username-invalid" | "username-taken" | "registration-closed" };

export interface UsernameQuestion {
	readonly localpart: string;
	/** The caller's network address. */
	readonly address: string;
}

/** Whether a new account could have the name. Where strangers cannot register they are not told who is here. */
export const checkUsername = async (
	environment: AccountsEnvironment,
	{ localpart, address }: UsernameQuestion,
): Promise<UsernameAnswer> => {
	environment.limiters.usernameByAddress.begin(address);
	if (!isValid(localpart, environment.serverName)) {
		return { isFree: false, reason: "username-invalid" };
	}
	if (environment.registration === "closed" && (await environment.store.hasOwner())) {
		return { isFree: false, reason: "registration-closed" };
	}
	const account = await environment.store.findAccount(localpart);
	return account === undefined ? { isFree: true } : { isFree: false, reason: "username-taken" };
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
