import type { AccountLimiters } from "./account-limits.ts";
import type { AccountStore, AccountsLog, Clock, ControlChannel, PasswordHasher, RandomBytes } from "./ports.ts";

export type RegistrationPolicy = "open" | "token" | "closed";

/** What the use cases of this area stand on. */
export interface AccountsEnvironment {
	readonly store: AccountStore;
	readonly passwords: PasswordHasher;
	readonly control: ControlChannel;
	readonly clock: Clock;
	readonly randomBytes: RandomBytes;
	readonly log: AccountsLog;
	readonly limiters: AccountLimiters;
	readonly serverName: string;
	readonly registration: RegistrationPolicy;
}
