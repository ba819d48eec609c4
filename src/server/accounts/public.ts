export type { AccountLimits } from "./account-limits.ts";
export type { OperatorEnvironment, RegistrationPolicy } from "./accounts-environment.ts";
export {
	type ControlMessage,
	controlChannelName,
	type EndedSessions,
	isAmong,
	parseControlMessage,
} from "./control-message.ts";
export { type Accounts, type AccountsOptions, createAccounts } from "./create-accounts.ts";
export { createOperator, type Operator } from "./operator/create-operator.ts";
export type {
	AccountStore,
	Clock,
	ControlChannel,
	DeviceRevocation,
	Memberships,
	NewAccount,
	NewGrant,
	NewPasskey,
	NewRegistrationToken,
	NewSession,
	PasskeyUse,
	PasswordChange,
	PasswordHasher,
	PeopleQuery,
	ProviderIdentity,
	RandomBytes,
	RegisterOutcome,
	RegisterTerms,
	StoredAccount,
	StoredCredentials,
	StoredDevice,
	StoredPasskey,
	StoredSession,
} from "./ports.ts";
export type { Viewer } from "./viewer.ts";
