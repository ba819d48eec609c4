import type { AccountsEnvironment, RegistrationPolicy } from "./accounts-environment.ts";
import { passwordMinLength } from "./check-password.ts";

export interface RegistrationPolicyView {
	readonly serverName: string;
	readonly registration: RegistrationPolicy;
	readonly needsOwner: boolean;
	readonly passwordMinLength: number;
	readonly publicOrigin: string | undefined;
	readonly identityProviderName: string | undefined;
}

/** What the forms of signing in and signing up must know. */
export const readRegistrationPolicy = async (environment: AccountsEnvironment): Promise<RegistrationPolicyView> => ({
	serverName: environment.serverName,
	registration: environment.registration,
	needsOwner: !(await environment.store.hasOwner()),
	passwordMinLength,
	publicOrigin: environment.publicOrigin,
	identityProviderName: environment.identityProviderName,
});
