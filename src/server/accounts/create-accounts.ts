import { type AccountLimits, createAccountLimiters, defaultAccountLimits } from "./account-limits.ts";
import type { AccountsEnvironment } from "./accounts-environment.ts";
import { checkUsername, type UsernameQuestion } from "./check-username.ts";
import { issueOwnerToken } from "./issue-owner-token.ts";
import { type AddAccountRequest, addAccount } from "./operator/add-account.ts";
import { createRegistrationToken, type TokenTerms } from "./operator/create-registration-token.ts";
import { resetPassword } from "./operator/reset-password.ts";
import { setAccountDisabled } from "./operator/set-account-disabled.ts";
import { readOwnProfile } from "./read-own-profile.ts";
import { readRegistrationPolicy } from "./read-registration-policy.ts";
import { type RegisterRequest, registerAccount } from "./register-account.ts";
import { resolveSession } from "./resolve-session.ts";
import { searchPeople } from "./search-people.ts";
import { type SignInRequest, signIn } from "./sign-in.ts";
import { signOut } from "./sign-out.ts";
import type { Viewer } from "./viewer.ts";

export interface AccountsOptions extends Omit<AccountsEnvironment, "limiters"> {
	readonly limits?: Partial<AccountLimits>;
}

/** The area's use cases, bound to what they stand on. `operator` is for who runs the server, never for a transport. */
export const createAccounts = ({ limits, ...options }: AccountsOptions) => {
	const limiters = createAccountLimiters({ ...defaultAccountLimits, ...limits }, options.clock);
	const environment: AccountsEnvironment = { ...options, limiters };
	let sessionEndings = 0;
	return {
		serverName: environment.serverName,
		readRegistrationPolicy: () => readRegistrationPolicy(environment),
		checkUsername: (question: UsernameQuestion) => checkUsername(environment, question),
		register: (request: RegisterRequest) => registerAccount(environment, request),
		signIn: (request: SignInRequest) => signIn(environment, request),
		signOut: (viewer: Viewer) => signOut(environment, viewer),
		readOwnProfile: (viewer: Viewer) => readOwnProfile(environment, viewer),
		resolveSession: (sessionId: string) => resolveSession(environment, sessionId),
		/** Counts the notices that sessions ended: what was known of sessions before a new one must be asked again. */
		sessionEndings: () => sessionEndings,
		/** Called when a control message says that sessions ended, or when messages may have been missed. */
		noteSessionsEnded: (): void => {
			sessionEndings += 1;
		},
		searchPeople: (viewer: Viewer, query: { readonly text: string; readonly limit: number }) =>
			searchPeople(environment, viewer, query),
		issueOwnerToken: () => issueOwnerToken(environment),
		operator: {
			addAccount: (request: AddAccountRequest) => addAccount(environment, request),
			disableAccount: (name: string) => setAccountDisabled(environment, name, true),
			enableAccount: (name: string) => setAccountDisabled(environment, name, false),
			resetPassword: (request: { readonly name: string; readonly password?: string | undefined }) =>
				resetPassword(environment, request),
			listAccounts: () => environment.store.listAccounts(),
			createRegistrationToken: (terms: TokenTerms) => createRegistrationToken(environment, terms),
		},
	};
};

export type Accounts = ReturnType<typeof createAccounts>;
