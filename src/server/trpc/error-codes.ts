import type { TRPC_ERROR_CODE_KEY } from "@trpc/server";
import type { AppErrorCode } from "../../shared/wire/error.ts";

/** What a refusal is to tRPC, and by that to HTTP. */
export const trpcCodes: Readonly<Record<AppErrorCode, TRPC_ERROR_CODE_KEY>> = {
	"bad-input": "BAD_REQUEST",
	"too-large": "PAYLOAD_TOO_LARGE",
	"not-signed-in": "UNAUTHORIZED",
	"session-revoked": "UNAUTHORIZED",
	"wrong-credentials": "UNAUTHORIZED",
	"account-disabled": "FORBIDDEN",
	"passkey-refused": "UNAUTHORIZED",
	"last-way-in": "CONFLICT",
	"identity-expired": "FORBIDDEN",
	"username-taken": "CONFLICT",
	"username-invalid": "BAD_REQUEST",
	"password-too-weak": "BAD_REQUEST",
	"registration-closed": "FORBIDDEN",
	"registration-token-invalid": "FORBIDDEN",
	"too-many-requests": "TOO_MANY_REQUESTS",
	forbidden: "FORBIDDEN",
	"not-found": "NOT_FOUND",
	"invite-blocked": "FORBIDDEN",
	"already-member": "CONFLICT",
	"not-a-member": "FORBIDDEN",
	"room-upgraded": "CONFLICT",
	"members-arriving": "CONFLICT",
	"policy-refused": "FORBIDDEN",
	"user-unknown": "NOT_FOUND",
	"alias-taken": "CONFLICT",
	"invite-link-invalid": "NOT_FOUND",
	"too-many-links": "CONFLICT",
	"history-away": "BAD_GATEWAY",
	"server-unknown": "NOT_FOUND",
	"server-unreachable": "BAD_GATEWAY",
	"server-not-trusted": "BAD_GATEWAY",
	"server-blocked": "FORBIDDEN",
	"server-refused": "FORBIDDEN",
	"version-not-supported": "NOT_IMPLEMENTED",
	unavailable: "SERVICE_UNAVAILABLE",
	"storage-full": "SERVICE_UNAVAILABLE",
	"quota-reached": "FORBIDDEN",
	internal: "INTERNAL_SERVER_ERROR",
};

const ownCodes: Partial<Record<TRPC_ERROR_CODE_KEY, AppErrorCode>> = {
	PARSE_ERROR: "bad-input",
	BAD_REQUEST: "bad-input",
	UNSUPPORTED_MEDIA_TYPE: "bad-input",
	METHOD_NOT_SUPPORTED: "bad-input",
	UNPROCESSABLE_CONTENT: "bad-input",
	PAYLOAD_TOO_LARGE: "too-large",
	UNAUTHORIZED: "not-signed-in",
	FORBIDDEN: "forbidden",
	NOT_FOUND: "not-found",
	TOO_MANY_REQUESTS: "too-many-requests",
	SERVICE_UNAVAILABLE: "unavailable",
};

/** The code of an error that tRPC made by itself. */
export const appCodeOf = (code: TRPC_ERROR_CODE_KEY): AppErrorCode => ownCodes[code] ?? "internal";
