import type { UserId } from "../../../federation/identifiers/identifier-types.ts";
import type { WireRoomSummary } from "../../shared/wire/room.ts";
import type { TimelineStore, ViewedRoom } from "./ports.ts";
import { loadSights } from "./sight.ts";
import { summarise } from "./summarise.ts";
import { everything } from "./visible-ranges.ts";
import { cursorAs, fromWirePosition } from "./wire-position.ts";

export interface RoomListQuery {
	readonly limit: number;
	/** Exclusive: the `lastPosition` of the last row of the page before. */
	readonly cursor?: string | undefined;
}

export interface RoomListPage {
	readonly items: WireRoomSummary[];
	readonly nextCursor?: string;
}

/** A page of the chat list, newest first. A room that something happens in moves to the top, and may so be missed by a reader who pages: sync brings it. */
export const readRoomList = async (
	store: TimelineStore,
	viewerId: UserId,
	query: RoomListQuery,
): Promise<RoomListPage> => {
	const { views, nextCursor } = await cutRooms(store, viewerId, query);
	const items = await summarise(store, { views, sights: await loadSights(store, views) });
	return { items, ...cursorAs("nextCursor", nextCursor) };
};

/** One page of rows, and where the next one begins. */
export const cutRooms = async (
	store: TimelineStore,
	viewerId: UserId,
	{ limit, cursor }: RoomListQuery,
): Promise<{ readonly views: readonly ViewedRoom[]; readonly nextCursor: number | undefined }> => {
	const before = cursor === undefined ? everything.high : fromWirePosition(cursor);
	const found = await store.listRooms(viewerId, { before, limit: limit + 1 });
	const views = found.slice(0, limit);
	return { views, nextCursor: found.length > limit ? views.at(-1)?.lastPosition : undefined };
};
