import type { UserId } from "../../../federation/identifiers/identifier-types.ts";
import type { WireRoomDelta } from "../../shared/wire/sync.ts";
import { loadRenderer } from "./aggregate.ts";
import type { TimelineStore, ViewedRoom } from "./ports.ts";
import { readProgress } from "./read-progress.ts";
import { roomRanges, type Sights } from "./sight.ts";
import { summarise } from "./summarise.ts";
import { everything } from "./visible-ranges.ts";
import { walkRooms } from "./walk-rooms.ts";

export interface FreshQuery {
	readonly views: readonly ViewedRoom[];
	readonly sights: Sights;
	readonly timelineLimit: number;
	/** Nothing after this position is taken in, so that the stream can go on from here without counting anything twice. */
	readonly upTo: number;
}

/** Who has read what is told with the room only while the room is small; of bigger ones it is asked for. */
const progressMemberLimit = 100;

/** Rooms as for a client that knows nothing of them: their newest rows with edits and reactions folded in. */
export const freshDeltas = async (
	store: TimelineStore,
	viewerId: UserId,
	{ views, sights, timelineLimit, upTo }: FreshQuery,
): Promise<WireRoomDelta[]> => {
	const span = { low: everything.low, high: upTo };
	const rooms = views.map((view) => roomRanges(sights(viewerId, view.roomNid), view.roomNid, span));
	const [walks, progress] = await Promise.all([
		walkRooms(store, { rooms, direction: "backwards", events: "rows", limit: timelineLimit }),
		readProgress(store, viewerId, roomsWithProgress(views)),
	]);
	const records = walks.flatMap((walk) => walk.records);
	const [render, summaries] = await Promise.all([
		loadRenderer(store, viewerId, { records, ranges: rooms.flat() }),
		summarise(store, { views, sights, known: records }),
	]);
	return views.map((view, index) => {
		const walk = walks[index];
		const own = progress.get(view.roomNid);
		const summary = summaries[index];
		return {
			roomId: view.roomId,
			...(summary === undefined ? {} : { summary }),
			events: (walk?.records ?? []).map(render),
			isLimited: walk?.nextCursor !== undefined,
			...(walk?.nextCursor === undefined ? {} : { olderCursor: String(walk.nextCursor) }),
			...(own === undefined ? {} : { progress: own }),
		};
	});
};

/** Rooms whose progress goes with their delta. */
export const roomsWithProgress = (views: readonly ViewedRoom[]): readonly number[] =>
	views
		.filter((view) => view.membership === "join" && view.joinedCount <= progressMemberLimit)
		.map((view) => view.roomNid);
