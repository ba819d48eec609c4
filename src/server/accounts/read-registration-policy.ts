import type { AccountsEnvironment, RegistrationPolicy } from "./accounts-environment.ts";
import { passwordMinLength } from "./check-password.ts";

export interface RegistrationPolicyView {
	readonly serverName: string;
	readonly registration: RegistrationPolicy;
	readonly needsOwner: boolean;
	readonly passwordMinLength: number;
}

/** What a sign-up form must know. */
export const readRegistrationPolicy = async (environment: AccountsEnvironment): Promise<RegistrationPolicyView> => ({
	serverName: environment.serverName,
	registration: environment.registration,
	needsOwner: !(await environment.store.hasOwner()),
	passwordMinLength,
});
