/**
 * Who is there, as servers tell each other. Kith knows two states: somebody is there, or is not and was at some time.
 * Source: Matrix v1.19 Server-Server API, "Presence"; Client-Server API, "Presence".
 */
import type { ServerName, UserId } from "../identifiers/identifier-types.ts";
import { parseUserId, userIdServer } from "../identifiers/user-id.ts";
import { getInteger, getString, getValue, isJsonArray, isJsonObject, jsonObject } from "../json/json-object.ts";
import type { JsonObject, JsonValue } from "../json/json-value.ts";
import type { Edu } from "./transaction.ts";

/** How somebody is. */
export interface PresenceWord {
	readonly userId: UserId;
	readonly isOnline: boolean;
	/** Milliseconds since they last did something. Undefined: nobody says. */
	readonly activeAgoMs: number | undefined;
}

/** Far more than somebody is missed for; an older word is none. */
const longestAgoMs = 366 * 86_400_000;

/**
 * The newest word about each of the sending server's own people (TXN-07), of the first `most` words. Whoever is `unavailable` has
 * left their keyboard, and is not there.
 */
export const readPresence = (
	edus: readonly Edu[],
	{ origin, most }: { readonly origin: ServerName; readonly most: number },
): readonly PresenceWord[] => {
	const words = new Map<UserId, PresenceWord>();
	let left = most;
	for (const { type, content } of edus) {
		const push = getValue(content, "push");
		if (type !== "m.presence" || !isJsonArray(push)) continue;
		for (const said of push.slice(0, left)) {
			const word = wordOf(said, origin);
			if (word !== undefined) words.set(word.userId, word);
		}
		left -= Math.min(left, push.length);
	}
	return [...words.values()];
};

const wordOf = (said: JsonValue, origin: ServerName): PresenceWord | undefined => {
	if (!isJsonObject(said)) return undefined;
	const userId = parseUserId(getString(said, "user_id") ?? "");
	const presence = getString(said, "presence");
	if (userId === undefined || userIdServer(userId) !== origin || presence === undefined) return undefined;
	const isOnline = presence === "online";
	return { userId, isOnline, activeAgoMs: agoOf(said, isOnline) };
};

/** Who is away and was there this very moment is one of whom nothing is said: the member cannot be left out. */
const agoOf = (said: JsonObject, isOnline: boolean): number | undefined => {
	const ago = getInteger(said, "last_active_ago");
	if (ago === undefined || ago < 0 || ago > longestAgoMs) return undefined;
	return ago === 0 && !isOnline ? undefined : ago;
};

/** The content of one `m.presence` that says all of it. */
export const presenceContent = (words: readonly PresenceWord[]): JsonObject =>
	jsonObject([["push", words.map(({ userId, isOnline, activeAgoMs }) => said(userId, isOnline, activeAgoMs ?? 0))]]);

const said = (userId: UserId, isOnline: boolean, agoMs: number): JsonObject =>
	jsonObject([
		["user_id", userId],
		["presence", isOnline ? "online" : "offline"],
		["last_active_ago", agoMs],
		...(isOnline ? [["currently_active", true] as const] : []),
	]);
