import { AppError } from "../../../shared/app-error.ts";
import type { OperatorEnvironment } from "../accounts-environment.ts";
import { localpartOfSignInName } from "../check-localpart.ts";
import type { StoredAccount } from "../ports.ts";

/** The account an operator names, by username or whole id. Throws AppError `user-unknown`. */
export const findExistingAccount = async (
	{ store, serverName }: OperatorEnvironment,
	name: string,
): Promise<StoredAccount> => {
	const localpart = localpartOfSignInName(name, serverName);
	const account = /^[\x21-\x7e]{1,255}$/.test(localpart) ? await store.findAccount(localpart) : undefined;
	if (account === undefined) {
		throw new AppError("user-unknown");
	}
	return account;
};
