import type { UserId } from "../../../federation/identifiers/identifier-types.ts";
import type { WireRoomDelta } from "../../shared/wire/sync.ts";
import { roomsWithProgress } from "./fresh-deltas.ts";
import type { ReadReceipt, TimelineStore, ViewedRoom } from "./ports.ts";
import { readProgress, toReads } from "./read-progress.ts";
import { roomRanges, type Sights } from "./sight.ts";
import { summarise } from "./summarise.ts";
import { toWireEvent } from "./to-wire-event.ts";
import { type RoomWalk, walkRooms } from "./walk-rooms.ts";

export interface ContinuedQuery {
	readonly from: number;
	readonly to: number;
	readonly timelineLimit: number;
	readonly continued: readonly ViewedRoom[];
	readonly ended: readonly ViewedRoom[];
	readonly sights: Sights;
	/** Receipts that moved between the positions. */
	readonly receiptsByRoom: ReadonlyMap<number, readonly ReadReceipt[]>;
}

export interface ContinuedDeltas {
	readonly deltas: WireRoomDelta[];
	/** Rooms with more events than a delta takes. */
	readonly overflown: readonly ViewedRoom[];
}

/** What is new in rooms that the client holds already: every event, edits, reactions and deletions too, for it to apply. */
export const continuedDeltas = async (
	store: TimelineStore,
	viewerId: UserId,
	query: ContinuedQuery,
): Promise<ContinuedDeltas> => {
	const { continued, ended, sights, timelineLimit } = query;
	const views = [...continued, ...ended];
	const span = { low: query.from + 1, high: query.to };
	const found = await walkRooms(store, {
		rooms: views.map((view) => roomRanges(sights(viewerId, view.roomNid), view.roomNid, span)),
		direction: "backwards",
		events: "all",
		limit: timelineLimit,
	});
	const walks = new Map(views.map((view, index) => [view, found[index]]));
	const hasOverflown = (view: ViewedRoom): boolean => walks.get(view)?.nextCursor !== undefined;
	const told = continued.filter((view) => !hasOverflown(view));
	const withProgress = roomsWithProgress(told);
	const [summaries, progress] = await Promise.all([
		summarise(store, { views: told, sights, known: found.flatMap((walk) => walk.records) }),
		readProgress(store, viewerId, withProgress),
	]);
	const deltas = told.map((view, index): WireRoomDelta => {
		const summary = summaries[index];
		const moved = { reads: toReads(query.receiptsByRoom.get(view.roomNid) ?? [], viewerId) };
		const own = progress.get(view.roomNid) ?? (moved.reads.length > 0 ? moved : undefined);
		return {
			...eventsOf(view, walks.get(view)),
			...(summary === undefined ? {} : { summary }),
			...(own === undefined ? {} : { progress: own }),
		};
	});
	const last = ended.map((view) => eventsOf(view, walks.get(view)));
	return {
		deltas: [...deltas, ...last.filter(({ events }) => events.length > 0)],
		overflown: continued.filter(hasOverflown),
	};
};

const eventsOf = (view: ViewedRoom, walk: RoomWalk | undefined): WireRoomDelta => ({
	roomId: view.roomId,
	events: (walk?.records ?? []).map((record) => toWireEvent(record, view.viewerId)),
	isLimited: walk?.nextCursor !== undefined,
	...(walk?.nextCursor === undefined ? {} : { olderCursor: String(walk.nextCursor) }),
});
