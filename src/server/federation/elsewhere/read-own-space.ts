import { linksInOrder, readLink, type SpaceChildLink } from "../../../../federation/handshakes/space-links.ts";
import { readToldRoom, type ToldRoom } from "../../../../federation/handshakes/told-room.ts";
import type { RoomId, ServerName } from "../../../../federation/identifiers/identifier-types.ts";
import { withKey } from "../../../../federation/json/json-object.ts";
import type { AnsweringStore } from "../answering/ports.ts";
import { allowedRoomIds, summaryJson } from "../answering/room-summary.ts";

type Store = Pick<AnsweringStore, "summariesOf" | "childrenOf">;

/** What rooms that this server has show of themselves, read as what others tell is. */
export const readOwnRooms = async (
	store: Store,
	roomIds: readonly RoomId[],
	serverName: ServerName,
): Promise<ReadonlyMap<RoomId, ToldRoom>> => {
	if (roomIds.length === 0) return new Map();
	const found = await store.summariesOf(roomIds, serverName);
	return new Map(
		found.flatMap((summary) => {
			const room = readToldRoom(withKey(summaryJson(summary), "allowed_room_ids", allowedRoomIds(summary)));
			return room === undefined ? [] : [[room.roomId, room] as const];
		}),
	);
};

/** Of one space; the first in its order. */
const mostLinks = 100;

/** The links of a space that this server has. */
export const readOwnLinks = async (
	store: Store,
	roomId: RoomId,
	isSuggestedOnly: boolean,
): Promise<readonly SpaceChildLink[]> => {
	const links = linksInOrder(await store.childrenOf(roomId)).flatMap((link) => readLink(link) ?? []);
	return links.filter(({ isSuggested }) => isSuggested || !isSuggestedOnly).slice(0, mostLinks);
};
