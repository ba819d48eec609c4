/**
 * Every refusal that Kith itself makes carries one of these codes in `data.kith.code` of the tRPC error; the interface
 * chooses the words from the code.
 */
export const appErrorCodes = [
	"bad-input",
	"too-large",
	"not-signed-in",
	"session-revoked",
	"wrong-credentials",
	"account-disabled",
	"passkey-refused",
	"last-way-in",
	"identity-expired",
	"username-taken",
	"username-invalid",
	"password-too-weak",
	"registration-closed",
	"registration-token-invalid",
	"too-many-requests",
	"forbidden",
	"not-found",
	"invite-blocked",
	"already-member",
	"not-a-member",
	"room-upgraded",
	"members-arriving",
	"policy-refused",
	"encryption-required",
	"user-unknown",
	"alias-taken",
	"invite-link-invalid",
	"too-many-links",
	"keys-refused",
	"key-taken",
	"confirmation-needed",
	"wrong-backup-version",
	"history-away",
	"server-unknown",
	"server-unreachable",
	"server-not-trusted",
	"server-blocked",
	"server-refused",
	"version-not-supported",
	"unavailable",
	"storage-full",
	"quota-reached",
	"file-gone",
	"assistant-missing",
	"assistant-off",
	"proposal-gone",
	"internal",
] as const;

/** The closed set of reasons a call can fail for. */
export type AppErrorCode = (typeof appErrorCodes)[number];

/** True for a code of the closed set. Written without zod, whose full build is too heavy for the client. */
export const isAppErrorCode = (value: unknown): value is AppErrorCode =>
	(appErrorCodes as readonly unknown[]).includes(value);

/** What `data.kith` of a failed call holds. */
export interface WireAppError {
	readonly code: AppErrorCode;
	/** The rule that refused, for a refusal by the authorization rules (an id of federation/SPEC.md). */
	readonly rule?: string;
	/** The inputs that were refused, for `bad-input`: paths such as `mentions.3`, never values. */
	readonly fields?: readonly string[];
	/** Milliseconds after which a retry makes sense. */
	readonly retryAfterMs?: number;
	/** The request's id, as in the log. */
	readonly requestId?: string;
}
