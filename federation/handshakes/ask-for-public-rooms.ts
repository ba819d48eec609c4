/**
 * Asking another server for its list of public rooms, page by page. How much of an answer is believed is decided here: a
 * server may answer with what it likes, as long as it likes.
 * Source: Matrix v1.19 Server-Server API, "GET /publicRooms", "POST /publicRooms"; SPEC.md, "Asking about rooms".
 */

import type { RoomId, ServerName } from "../identifiers/identifier-types.ts";
import { getString, getValue, isJsonArray, jsonObject } from "../json/json-object.ts";
import type { PeerRequest, PeerTransport } from "../ports/peer-transport.ts";
import type { Given } from "./ask-for-events.ts";
import { readToldRoom, type ToldRoom } from "./told-room.ts";

/** Which of the rooms are wanted. */
export interface PublicRoomsWish {
	/** A part of the name, the description or an address; empty: all. */
	readonly text: string;
	/** The token that came with the page before. */
	readonly since: string | undefined;
	/** How many rooms are wanted at most. */
	readonly limit: number;
	readonly timeoutMs: number;
}

/** A page of the list. */
export interface PublicRoomsPage {
	readonly rooms: readonly ToldRoom[];
	/** Asks for the next page; undefined: this was the last. */
	readonly next: string | undefined;
}

/** A hundred rooms that say as much of themselves as fits. */
const maxAnswerBytes = 2 * 1_048_576;
/** The longest token that is handed back to the server which gave it, in characters. */
const longestPageToken = 500;

/** Rooms that the server lists. */
export const askForPublicRooms = async (
	{ peers, server }: { readonly peers: PeerTransport; readonly server: ServerName },
	wish: PublicRoomsWish,
): Promise<Given<PublicRoomsPage>> => {
	const answer = await peers.request(server, {
		...requestFor(wish),
		maxAnswerBytes,
		timeoutMs: wish.timeoutMs,
	});
	if (answer.kind !== "answered") return answer;
	const chunk = getValue(answer.content, "chunk");
	const rooms = new Map<RoomId, ToldRoom>();
	for (const told of isJsonArray(chunk) ? chunk.slice(0, wish.limit) : []) {
		const room = readToldRoom(told);
		if (room !== undefined && !rooms.has(room.roomId)) rooms.set(room.roomId, room);
	}
	return { kind: "given", rooms: [...rooms.values()], next: nextIn(getString(answer.content, "next_batch"), wish) };
};

const path = "/_matrix/federation/v1/publicRooms";

/** Without words to look for it is the form that every server knows. */
const requestFor = ({ text, since, limit }: PublicRoomsWish): Pick<PeerRequest, "method" | "uri" | "content"> => {
	if (text === "") {
		const token = since === undefined ? "" : `&since=${encodeURIComponent(since)}`;
		return { method: "GET", uri: `${path}?limit=${limit}${token}` };
	}
	return {
		method: "POST",
		uri: path,
		content: jsonObject([
			["limit", limit],
			["filter", jsonObject([["generic_search_term", text]])],
			...(since === undefined ? [] : [["since", since] as const]),
		]),
	};
};

/** The same token again would lead in a circle; halves of surrogate pairs cannot be sent back. */
const nextIn = (token: string | undefined, { since }: PublicRoomsWish): string | undefined =>
	token === undefined || token === "" || token === since || token.length > longestPageToken || /\p{Cs}/u.test(token)
		? undefined
		: token;
