export type { AccountLimits } from "./account-limits.ts";
export type { OperatorEnvironment, RegistrationPolicy } from "./accounts-environment.ts";
export { type AttemptLimiter, type AttemptLimits, createAttemptLimiter } from "./attempt-limiter.ts";
export type { PersonProof } from "./confirm-person.ts";
export {
	type ControlMessage,
	controlChannelName,
	type EndedSessions,
	isAmong,
	parseControlMessage,
} from "./control-message.ts";
export { type Accounts, type AccountsOptions, createAccounts } from "./create-accounts.ts";
export { type GrantGround, type GrantKind, giveGrant, takeGrant } from "./one-time-grants.ts";
export { whoseOpenIdToken } from "./open-id-token.ts";
export { createOperator, type Operator } from "./operator/create-operator.ts";
export type { PasskeyCeremonies, PasskeyOptions, PasskeyResponse, RelyingParty } from "./passkeys/ceremonies.ts";
export type {
	AccountStore,
	Clock,
	ControlChannel,
	DeviceRevocation,
	FoundPerson,
	GrantStore,
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
	ProfileChange,
	ProviderIdentity,
	RandomBytes,
	RegisterOutcome,
	RegisterTerms,
	StoredAccount,
	StoredCredentials,
	StoredDevice,
	StoredPasskey,
	StoredProfile,
	StoredSession,
} from "./ports.ts";
export { hashSecretToken, newSecretToken } from "./random-names.ts";
export type { Viewer } from "./viewer.ts";
