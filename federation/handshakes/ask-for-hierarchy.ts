/**
 * Asking another server what a room shows of itself and, where it is a space, which rooms are in it. The answer is for all
 * people of the asking server: whoever of them may be shown a room is decided there.
 * Source: Matrix v1.19 Server-Server API, "GET /hierarchy"; SPEC.md, "Asking about rooms".
 */

import type { RoomId, ServerName } from "../identifiers/identifier-types.ts";
import { getInteger, getObject, getString, getValue, isJsonArray, isJsonObject } from "../json/json-object.ts";
import type { JsonObject, JsonValue } from "../json/json-value.ts";
import type { PeerTransport } from "../ports/peer-transport.ts";
import type { Given } from "./ask-for-events.ts";
import { linksInOrder, readLink, type SpaceChildLink, type SpaceLink } from "./space-links.ts";
import { readToldRoom, type ToldRoom } from "./told-room.ts";

/** A room and the rooms that hang on it. */
export interface ToldHierarchy {
	readonly room: ToldRoom;
	/** In their order; none, where the room is no space. */
	readonly links: readonly SpaceChildLink[];
	/** Those of the rooms that the server has and may show. */
	readonly children: ReadonlyMap<RoomId, ToldRoom>;
}

/** A hundred links, and as many rooms that say as much of themselves as fits. */
const maxAnswerBytes = 4 * 1_048_576;
/** Of one space. */
const mostLinks = 100;

/** What the server tells of the room; undefined in `told`: something else than was asked for. */
export const askForHierarchy = async (
	{ peers, server, roomId }: { readonly peers: PeerTransport; readonly server: ServerName; readonly roomId: RoomId },
	wish: { readonly isSuggestedOnly: boolean; readonly timeoutMs: number },
): Promise<Given<{ readonly told: ToldHierarchy | undefined }>> => {
	const answer = await peers.request(server, {
		method: "GET",
		uri: `/_matrix/federation/v1/hierarchy/${encodeURIComponent(roomId)}?suggested_only=${wish.isSuggestedOnly}`,
		maxAnswerBytes,
		timeoutMs: wish.timeoutMs,
	});
	if (answer.kind !== "answered") return answer;
	const told = getObject(answer.content, "room");
	const room = readToldRoom(told);
	if (told === undefined || room?.roomId !== roomId) return { kind: "given", told: undefined };
	const links = room.isSpace ? linksIn(told, wish.isSuggestedOnly) : [];
	return { kind: "given", told: { room, links, children: childrenIn(answer.content, links) } };
};

const linksIn = (told: JsonObject, isSuggestedOnly: boolean): readonly SpaceChildLink[] => {
	const found = new Map<RoomId, SpaceChildLink>();
	for (const link of linksInOrder(
		listOf(told, "children_state")
			.slice(0, mostLinks * 2)
			.flatMap(linkOf),
	)) {
		const read = readLink(link);
		if (read === undefined || found.has(read.roomId) || (isSuggestedOnly && !read.isSuggested)) continue;
		if (found.size < mostLinks) found.set(read.roomId, read);
	}
	return [...found.values()];
};

const linkOf = (event: JsonValue): readonly SpaceLink[] => {
	if (!isJsonObject(event) || getString(event, "type") !== "m.space.child") return [];
	const roomId = getString(event, "state_key");
	const content = getObject(event, "content");
	if (roomId === undefined || content === undefined) return [];
	return [{ roomId, content, originServerTs: getInteger(event, "origin_server_ts") ?? 0 }];
};

/** Rooms that no link leads to were not asked for. */
const childrenIn = (content: JsonObject, links: readonly SpaceChildLink[]): ReadonlyMap<RoomId, ToldRoom> => {
	const wanted = new Set(links.map(({ roomId }) => roomId));
	const found = new Map<RoomId, ToldRoom>();
	for (const told of listOf(content, "children").slice(0, mostLinks * 2)) {
		const room = readToldRoom(told);
		if (room !== undefined && wanted.has(room.roomId)) found.set(room.roomId, room);
	}
	return found;
};

const listOf = (content: JsonObject, key: string): readonly JsonValue[] => {
	const value = getValue(content, key);
	return isJsonArray(value) ? value : [];
};
