import type { UserId } from "../../../federation/identifiers/identifier-types.ts";
import { type AccountLimits, createAccountLimiters, defaultAccountLimits } from "./account-limits.ts";
import type { AccountsEnvironment } from "./accounts-environment.ts";
import { addBot, openBotDevice } from "./bot-account.ts";
import { changePassword, type PasswordChangeRequest } from "./change-password.ts";
import { checkUsername, type UsernameQuestion } from "./check-username.ts";
import { confirmPerson, type PersonProof } from "./confirm-person.ts";
import { deactivateAccount } from "./deactivate-account.ts";
import {
	type DeviceRemoval,
	type DeviceRenaming,
	listDevices,
	renameDevice,
	revokeDevice,
	revokeOtherDevices,
} from "./devices.ts";
import { confirmWithIdentity, type IdentityConfirmation } from "./identities/confirm-with-identity.ts";
import { readPendingIdentity } from "./identities/pending-identity.ts";
import { admitIdentity, type IdentitySignIn, signInWithIdentity } from "./identities/sign-in-with-identity.ts";
import { issueOwnerToken } from "./issue-owner-token.ts";
import { issueOpenIdToken, whoseOpenIdToken } from "./open-id-token.ts";
import { createOperator } from "./operator/create-operator.ts";
import { createPasskeys } from "./passkeys/create-passkeys.ts";
import { changeAvatar, changeDisplayName } from "./profile/change-profile.ts";
import { showNewProfiles } from "./profile/show-profile.ts";
import { readOwnProfile } from "./read-own-profile.ts";
import { readRegistrationPolicy } from "./read-registration-policy.ts";
import { type RegisterRequest, registerAccount } from "./register-account.ts";
import { resolveSession, wasRevoked } from "./resolve-session.ts";
import { searchPeople } from "./search-people.ts";
import { createSessionNotices } from "./session-notices.ts";
import { type SignInRequest, signIn } from "./sign-in.ts";
import { signInWithTicket } from "./sign-in-ticket.ts";
import { signOut } from "./sign-out.ts";
import type { Viewer } from "./viewer.ts";

export interface AccountsOptions extends Omit<AccountsEnvironment, "limiters"> {
	readonly limits?: Partial<AccountLimits>;
}

/** The area's use cases, bound to what they stand on. `operator` is for who runs the server: the command line and the area `admin`. */
export const createAccounts = ({ limits, ...options }: AccountsOptions) => {
	const limiters = createAccountLimiters({ ...defaultAccountLimits, ...limits }, options.clock);
	const environment: AccountsEnvironment = { ...options, limiters };
	return {
		serverName: environment.serverName,
		readRegistrationPolicy: () => readRegistrationPolicy(environment),
		checkUsername: (question: UsernameQuestion) => checkUsername(environment, question),
		register: (request: RegisterRequest) => registerAccount(environment, request),
		signIn: (request: SignInRequest) => signIn(environment, request),
		signInWithTicket: (request: Parameters<typeof signInWithTicket>[1]) => signInWithTicket(environment, request),
		passkeys: createPasskeys(environment),
		admitIdentity: (address: string) => admitIdentity(environment, address),
		signInWithIdentity: (request: IdentitySignIn) => signInWithIdentity(environment, request),
		confirmWithIdentity: (confirmation: IdentityConfirmation) => confirmWithIdentity(environment, confirmation),
		readPendingIdentity: (ticket: string) => readPendingIdentity(environment, ticket),
		signOut: (viewer: Viewer) => signOut(environment, viewer),
		changePassword: (viewer: Viewer, change: PasswordChangeRequest) => changePassword(environment, viewer, change),
		changeDisplayName: (viewer: Viewer, displayName: string) => changeDisplayName(environment, viewer, displayName),
		changeAvatar: (viewer: Viewer, avatarUrl: string | null) => changeAvatar(environment, viewer, avatarUrl),
		showNewProfiles: () => showNewProfiles(environment),
		deactivate: (viewer: Viewer, proof: PersonProof) => deactivateAccount(environment, viewer, proof),
		/** Asked before what cannot be taken back. */
		confirmPerson: async (viewer: Viewer, proof: PersonProof): Promise<void> => {
			await confirmPerson(environment, viewer, proof);
		},
		listDevices: (viewer: Viewer) => listDevices(environment, viewer),
		renameDevice: (viewer: Viewer, renaming: DeviceRenaming) => renameDevice(environment, viewer, renaming),
		revokeDevice: (viewer: Viewer, removal: DeviceRemoval) => revokeDevice(environment, viewer, removal),
		revokeOtherDevices: (viewer: Viewer, proof: PersonProof) => revokeOtherDevices(environment, viewer, proof),
		readOwnProfile: (viewer: Viewer) => readOwnProfile(environment, viewer),
		issueOpenIdToken: (viewer: Viewer) => issueOpenIdToken(environment, viewer),
		whoseOpenIdToken: (accessToken: string) => whoseOpenIdToken(environment, accessToken),
		resolveSession: (sessionId: string) => resolveSession(environment, sessionId),
		wasRevoked: (sessionId: string) => wasRevoked(environment, sessionId),
		...createSessionNotices(),
		searchPeople: (viewer: Viewer, query: { readonly text: string; readonly limit: number }) =>
			searchPeople(environment, viewer, query),
		issueOwnerToken: () => issueOwnerToken(environment),
		operator: createOperator(environment),
		/** The account of the server's own assistant. */
		bot: {
			add: (account: Parameters<typeof addBot>[1]) => addBot(environment, account),
			openDevice: (device: Parameters<typeof openBotDevice>[1]) => openBotDevice(environment, device),
			isDisabled: async (userId: UserId) => (await environment.store.findAccountById(userId))?.isDisabled ?? true,
		},
	};
};

export type Accounts = ReturnType<typeof createAccounts>;
