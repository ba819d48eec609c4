import { isAppErrorCode, type WireAppError } from "../../shared/wire/error.ts";

/** Why a call failed: the server's own refusal, no answer at all, or what the crypto engine did not want to be part of. */
export type CallFailure =
	| WireAppError
	| { readonly code: "offline"; readonly retryAfterMs?: number }
	/** Somebody in the room has another identity than they had. */
	| { readonly code: "identity-changed"; readonly retryAfterMs?: number }
	/** A file that was to be sent is not in this browser any more. */
	| { readonly code: "file-lost"; readonly retryAfterMs?: number };

/**
 * Reads what a failed call says. Only a refusal that the server itself typed is a refusal; everything else (no network,
 * a socket that closed, a proxy's page) means that nobody answered.
 */
export function failureOf(error: unknown): CallFailure {
	const typed = appErrorIn(error);
	if (typed !== undefined) return typed;
	const ownCode = field(error, "code");
	if (ownCode === "identity-changed" || ownCode === "file-lost") return { code: ownCode };
	return { code: isAnswered(error) ? "internal" : "offline" };
}

function appErrorIn(error: unknown): WireAppError | undefined {
	const kith = field(field(error, "data"), "kith");
	const code = field(kith, "code");
	if (!isAppErrorCode(code)) return undefined;
	const retryAfterMs = field(kith, "retryAfterMs");
	return { code, ...(typeof retryAfterMs === "number" && { retryAfterMs }) };
}

/** A tRPC error that came back from the server has a code in its data, one of the transport has none. */
function isAnswered(error: unknown): boolean {
	return typeof field(field(error, "data"), "code") === "string";
}

function field(value: unknown, name: string): unknown {
	return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
