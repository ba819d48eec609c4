import type { UserId } from "../../../federation/identifiers/identifier-types.ts";
import type { WireRoomSummary } from "../../shared/wire/room.ts";
import type { TimelineStore, ViewedRoom } from "./ports.ts";
import { loadSights } from "./sight.ts";
import { summarise } from "./summarise.ts";
import { everything } from "./visible-ranges.ts";

export interface RoomListQuery {
	readonly limit: number;
	/** Exclusive: the `lastPosition` of the last row of the page before. */
	readonly cursor?: number | undefined;
}

export interface RoomListPage {
	readonly items: readonly WireRoomSummary[];
	readonly nextCursor: number | undefined;
}

/** A page of the chat list, newest first. A room that something happens in moves to the top, and may so be missed by a reader who pages: sync brings it. */
export const readRoomList = async (
	store: TimelineStore,
	viewerId: UserId,
	query: RoomListQuery,
): Promise<RoomListPage> => {
	const { views, nextCursor } = await cutRooms(store, viewerId, query);
	return { items: await summarise(store, { views, sights: await loadSights(store, views) }), nextCursor };
};

/** One page of rows, and where the next one begins. */
export const cutRooms = async (
	store: TimelineStore,
	viewerId: UserId,
	{ limit, cursor = everything.high }: RoomListQuery,
): Promise<{ readonly views: readonly ViewedRoom[]; readonly nextCursor: number | undefined }> => {
	const found = await store.listRooms(viewerId, { before: cursor, limit: limit + 1 });
	const views = found.slice(0, limit);
	return { views, nextCursor: found.length > limit ? views.at(-1)?.lastPosition : undefined };
};
