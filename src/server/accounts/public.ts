export type { AccountLimits } from "./account-limits.ts";
export type { RegistrationPolicy } from "./accounts-environment.ts";
export { type ControlMessage, controlChannelName, parseControlMessage } from "./control-message.ts";
export { type Accounts, type AccountsOptions, createAccounts } from "./create-accounts.ts";
export type {
	AccountStore,
	Clock,
	ControlChannel,
	NewAccount,
	NewRegistrationToken,
	NewSession,
	PasswordHasher,
	PeopleQuery,
	RandomBytes,
	RegisterOutcome,
	RegisterTerms,
	StoredAccount,
	StoredSession,
} from "./ports.ts";
export type { Viewer } from "./viewer.ts";
