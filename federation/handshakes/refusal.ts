/**
 * How this server says no to another one: an HTTP status, a code that programs act on, a sentence for whoever reads their
 * log, and for some codes more. Every answering function returns its answer or one of these; nothing is thrown.
 * Source: Matrix v1.19 Client-Server API, "Standard error response"; Server-Server API, the errors of each endpoint.
 */
import { jsonObject } from "../json/json-object.ts";
import type { JsonObject } from "../json/json-value.ts";

/** A refused request. */
export interface Refusal {
	readonly kind: "refused";
	readonly status: number;
	/** `M_FORBIDDEN` and the like. */
	readonly errcode: string;
	/** In English, for people; it names no content and no secret. */
	readonly message: string;
	/** Members of the answer beside `errcode` and `error`. */
	readonly extra?: JsonObject;
	/** The rule of SPEC.md by which it is refused, for the log. */
	readonly rule?: string;
}

/** Says by which rule an answer was refused, where it was and nothing more exact is said. */
export const refusedBy = <Answer extends { readonly kind: string }>(
	rule: string,
	answer: Answer | Refusal,
): Answer | Refusal => (isRefused(answer) && answer.rule === undefined ? { ...answer, rule } : answer);

const isRefused = (answer: { readonly kind: string }): answer is Refusal => answer.kind === "refused";

const refuse = (status: number, errcode: string, message: string): Refusal => ({
	kind: "refused",
	status,
	errcode,
	message,
});

/** Who asks may not have it. */
export const forbidden = (message: string): Refusal => refuse(403, "M_FORBIDDEN", message);

/** The invited person, or whoever looks after their server, does not want this invitation. Client-Server API, "Invite permission". */
export const inviteBlocked = (): Refusal =>
	refuse(403, "M_INVITE_BLOCKED", "The person takes no invitations from the sender");

export const notFound = (message: string): Refusal => refuse(404, "M_NOT_FOUND", message);

/** The endpoint is not one of this server's. */
export const unrecognized = (): Refusal => refuse(404, "M_UNRECOGNIZED", "Unrecognized request");

/** The endpoint is there, but not for this method. */
export const wrongMethod = (): Refusal => refuse(405, "M_UNRECOGNIZED", "Unrecognized request method");

export const unauthorized = (message: string): Refusal => refuse(401, "M_UNAUTHORIZED", message);

/** There is a token, but it is nobody's or over. */
export const unknownToken = (): Refusal => refuse(401, "M_UNKNOWN_TOKEN", "Access token unknown or expired");

export const missingToken = (): Refusal => refuse(401, "M_MISSING_TOKEN", "access_token is missing");

export const missingParam = (name: string): Refusal => refuse(400, "M_MISSING_PARAM", `${name} is missing`);

export const invalidParam = (message: string): Refusal => refuse(400, "M_INVALID_PARAM", message);

/** The body is no JSON at all. */
export const notJson = (message: string): Refusal => refuse(400, "M_NOT_JSON", message);

/** The body is JSON, but not what was asked for. */
export const badJson = (message: string): Refusal => refuse(400, "M_BAD_JSON", message);

export const tooLarge = (message: string): Refusal => refuse(413, "M_TOO_LARGE", message);

/** Whoever asks is to come back after so many milliseconds. */
export const limitExceeded = (retryAfterMs: number): Refusal => ({
	...refuse(429, "M_LIMIT_EXCEEDED", "Too many requests"),
	extra: jsonObject([["retry_after_ms", retryAfterMs]]),
});

/** The room's version is none that the asking server said it understands. */
export const incompatibleVersion = (version: string): Refusal => ({
	...refuse(
		400,
		"M_INCOMPATIBLE_ROOM_VERSION",
		`The room is of version ${version}, which your server does not support`,
	),
	extra: jsonObject([["room_version", version]]),
});

/** This server cannot tell whether the conditions of a restricted room are met. */
export const unableToAuthoriseJoin = (): Refusal =>
	refuse(400, "M_UNABLE_TO_AUTHORISE_JOIN", "This server cannot check the conditions for joining");

/** The conditions are met, but nobody of this server may let the person in: another server can. */
export const unableToGrantJoin = (): Refusal =>
	refuse(400, "M_UNABLE_TO_GRANT_JOIN", "Nobody of this server may let the person in");
