/**
 * What another server tells of a room to those who are not in it, in its list of public rooms and of spaces. It is shown to
 * people who do not know that server: whatever is longer, of another form or made to deceive the eye is cut or left out.
 * Source: Matrix v1.19 Server-Server API, "GET /publicRooms", "GET /hierarchy"; SPEC.md, "Asking about rooms".
 */

import type { RoomAlias, RoomId } from "../identifiers/identifier-types.ts";
import { parseRoomAlias } from "../identifiers/room-alias.ts";
import { parseRoomId } from "../identifiers/room-id.ts";
import { getInteger, getString, getValue, isJsonArray, isJsonObject } from "../json/json-object.ts";
import type { JsonObject, JsonValue } from "../json/json-value.ts";

const joinRules = ["public", "invite", "knock", "restricted", "knock_restricted", "private"] as const;

/** Who may come into a room. */
export type ToldJoinRule = (typeof joinRules)[number];

/** A room as another server describes it. */
export interface ToldRoom {
	readonly roomId: RoomId;
	readonly name: string | undefined;
	readonly topic: string | undefined;
	/** `mxc://server/id` */
	readonly avatarUrl: string | undefined;
	readonly alias: RoomAlias | undefined;
	/** Undefined: not told, or no number of people. */
	readonly joinedCount: number | undefined;
	/** Undefined: a rule that nobody here knows. */
	readonly joinRule: ToldJoinRule | undefined;
	readonly isWorldReadable: boolean;
	/** A room that gathers others. */
	readonly isSpace: boolean;
	/** The rooms whose members may come in, where the room says so. */
	readonly allowedRoomIds: readonly RoomId[];
}

/** The longest words that are kept, in characters. */
const longestName = 255;
const longestTopic = 2_000;
const mostMembers = 10_000_000;
const mostAllowed = 50;
const mediaAddress = /^mxc:\/\/[^/\s]{1,255}\/[^/\s]{1,255}$/;

/** One room of an answer; undefined: it is none. */
export const readToldRoom = (told: JsonValue | undefined): ToldRoom | undefined => {
	if (!isJsonObject(told)) return undefined;
	const roomId = readRoomId(getString(told, "room_id"));
	if (roomId === undefined) return undefined;
	const avatarUrl = getString(told, "avatar_url");
	const count = getInteger(told, "num_joined_members");
	const rule = getString(told, "join_rule") ?? "public";
	return {
		roomId,
		name: words(told, "name", longestName),
		topic: words(told, "topic", longestTopic),
		avatarUrl: avatarUrl !== undefined && mediaAddress.test(avatarUrl) ? avatarUrl : undefined,
		alias: aliasIn(told),
		joinedCount: count === undefined || count < 0 ? undefined : Math.min(count, mostMembers),
		joinRule: joinRules.find((known) => known === rule),
		isWorldReadable: getValue(told, "world_readable") === true,
		isSpace: getValue(told, "room_type") === "m.space",
		allowedRoomIds: allowedIn(told),
	};
};

/** A room id as it may be stored: a NUL is legal in some historical ones. */
export const readRoomId = (text: string | undefined): RoomId | undefined =>
	text === undefined || text.includes("\u0000") ? undefined : parseRoomId(text);

/** Control characters, and those that turn the direction of what stands beside them. */
const deceiving = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;

/** Halves of surrogate pairs are no text. */
const words = (told: JsonObject, key: string, longest: number): string | undefined => {
	const text = getString(told, key)
		?.slice(0, longest * 2)
		.replaceAll(deceiving, " ")
		.replaceAll(/\p{Cs}/gu, "\ufffd")
		.trim();
	return text === undefined || text === "" ? undefined : [...text].slice(0, longest).join("");
};

const aliasIn = (told: JsonObject): RoomAlias | undefined => {
	const alias = getString(told, "canonical_alias") ?? "";
	return alias.search(deceiving) === -1 ? parseRoomAlias(alias) : undefined;
};

const allowedIn = (told: JsonObject): readonly RoomId[] => {
	const list = getValue(told, "allowed_room_ids");
	if (!isJsonArray(list)) return [];
	return list.slice(0, mostAllowed).flatMap((id) => (typeof id === "string" ? (readRoomId(id) ?? []) : []));
};
