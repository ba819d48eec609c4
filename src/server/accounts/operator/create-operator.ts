import type { OperatorEnvironment } from "../accounts-environment.ts";
import { type AddAccountRequest, addAccount } from "./add-account.ts";
import { createRegistrationToken, type TokenTerms } from "./create-registration-token.ts";
import { resetPassword } from "./reset-password.ts";
import { setAccountDisabled } from "./set-account-disabled.ts";
import { signOutEverywhere } from "./sign-out-everywhere.ts";

/** For who runs the server: the command line, and the area `admin`. */
export const createOperator = (environment: OperatorEnvironment) => ({
	addAccount: (request: AddAccountRequest) => addAccount(environment, request),
	disableAccount: (name: string) => setAccountDisabled(environment, name, true),
	enableAccount: (name: string) => setAccountDisabled(environment, name, false),
	signOutEverywhere: (name: string) => signOutEverywhere(environment, name),
	resetPassword: (request: { readonly name: string; readonly password?: string | undefined }) =>
		resetPassword(environment, request),
	listAccounts: () => environment.store.listAccounts(),
	createRegistrationToken: (terms: TokenTerms) => createRegistrationToken(environment, terms),
});

export type Operator = ReturnType<typeof createOperator>;
