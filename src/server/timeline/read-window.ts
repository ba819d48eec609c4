import type { UserId } from "../../../federation/identifiers/identifier-types.ts";
import type { WireRoomDelta } from "../../shared/wire/sync.ts";
import { freshDeltas } from "./fresh-deltas.ts";
import type { TimelineStore } from "./ports.ts";
import { cutRooms } from "./read-room-list.ts";
import { loadSights } from "./sight.ts";
import { cursorAs } from "./wire-position.ts";

export interface WindowQuery {
	readonly limit: number;
	/** Exclusive: rooms further down the list than this `lastPosition`. */
	readonly cursor?: string | undefined;
	readonly timelineLimit: number;
	/** The stream position that the window is complete up to. */
	readonly upTo: number;
}

export interface RoomsQuery extends Pick<WindowQuery, "timelineLimit" | "upTo"> {
	readonly roomNids: readonly number[];
}

export interface RoomWindow {
	readonly rooms: WireRoomDelta[];
	readonly nextCursor?: string;
}

/**
 * The top of a person's chat list with each room's newest events. The number of statements does not depend on the number
 * of rooms, and what they read depends on the window's size alone.
 */
export const readWindow = async (store: TimelineStore, viewerId: UserId, query: WindowQuery): Promise<RoomWindow> => {
	const { views, nextCursor } = await cutRooms(store, viewerId, query);
	const sights = await loadSights(store, views);
	const rooms = await freshDeltas(store, viewerId, { ...query, views, sights });
	return { rooms, ...cursorAs("nextCursor", nextCursor) };
};

/** These rooms as a window shows them: for a client that has just got into them. Rooms the person is not in are left out. */
export const readRooms = async (
	store: TimelineStore,
	viewerId: UserId,
	query: RoomsQuery,
): Promise<WireRoomDelta[]> => {
	if (query.roomNids.length === 0) return [];
	const found = await store.findRooms([viewerId], query.roomNids);
	const views = found.filter(({ membership }) => membership === "join" || membership === "invite");
	return freshDeltas(store, viewerId, { ...query, views, sights: await loadSights(store, views) });
};
