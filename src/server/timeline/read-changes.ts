import type { UserId } from "../../../federation/identifiers/identifier-types.ts";
import { groupBy } from "../../shared/group-by.ts";
import type { WireRoomDelta } from "../../shared/wire/sync.ts";
import { freshDeltas, roomsWithProgress } from "./fresh-deltas.ts";
import type { ReadReceipt, TimelineStore, ViewedRoom } from "./ports.ts";
import { readProgress, toReads } from "./read-progress.ts";
import { loadSights, roomRanges, type Sights } from "./sight.ts";
import { summarise } from "./summarise.ts";
import { toWireEvent } from "./to-wire-event.ts";
import { membershipAt } from "./visible-ranges.ts";
import { type RoomWalk, walkRooms } from "./walk-rooms.ts";

export interface ChangesQuery {
	/** Exclusive: where the client is. */
	readonly from: number;
	/** Inclusive: where it will be. */
	readonly to: number;
	/** At most so many events a room; a room with more comes as a fresh one. */
	readonly timelineLimit: number;
	/** With more rooms than this a new start is cheaper. */
	readonly roomLimit: number;
}

export type Changes =
	| {
			readonly kind: "changes";
			readonly rooms: readonly WireRoomDelta[];
			readonly removedRoomIds: readonly string[];
	  }
	| { readonly kind: "too-many" };

/** How a room is told to a client that comes back. */
interface Sorted {
	/** In the client's list before and now: it gets what is new, edits and reactions as events of their own. */
	readonly continued: readonly ViewedRoom[];
	/** New in the list: as in a window. */
	readonly fresh: readonly ViewedRoom[];
	/** No longer in the list: what was still to see, without a row. */
	readonly ended: readonly ViewedRoom[];
}

/**
 * What changed for one person between two stream positions. A room in which more happened than `timelineLimit` events is
 * told like a new one (`isLimited`): its newest rows with edits and reactions folded in replace what the client had.
 */
export const readChanges = async (store: TimelineStore, viewerId: UserId, query: ChangesQuery): Promise<Changes> => {
	const { from, to, roomLimit } = query;
	const [changed, receipts] = await Promise.all([
		store.findChangedRooms(viewerId, from, roomLimit + 1),
		store.findMovedReceipts(viewerId, { from, to, limit: receiptLimit }),
	]);
	if (changed.length > roomLimit || receipts.length === receiptLimit) return { kind: "too-many" };
	const sights = await loadSights(
		store,
		changed.map((view) => ({ ...view, hasBounds: view.hasBounds || view.membershipPosition > from })),
	);
	const sorted = sortRooms(changed, sights, query);
	const { deltas, overflown } = await continuedDeltas(store, viewerId, { ...query, sorted, sights });
	const [fresh, onlyReceipts] = await Promise.all([
		freshDeltas(store, viewerId, {
			views: [...sorted.fresh, ...overflown],
			sights,
			timelineLimit: query.timelineLimit,
			upTo: to,
		}),
		receiptDeltas(store, viewerId, { receipts, told: new Set(changed.map((view) => view.roomNid)) }),
	]);
	return {
		kind: "changes",
		rooms: [...fresh.map(asLimited), ...deltas, ...onlyReceipts],
		removedRoomIds: changed
			.filter((view) => hasEnded(view) && view.membershipPosition <= to)
			.map((view) => view.roomId),
	};
};

/** More receipts than this say that a new start is cheaper. */
const receiptLimit = 5000;

/** The client may hold older events of the room: it has to let go of them. */
const asLimited = (delta: WireRoomDelta): WireRoomDelta => ({ ...delta, isLimited: true });

const hasEnded = ({ membership }: ViewedRoom): boolean => membership !== "join" && membership !== "invite";

const sortRooms = (changed: readonly ViewedRoom[], sights: Sights, { from }: ChangesQuery): Sorted => {
	const wasIn = (view: ViewedRoom): boolean =>
		view.membershipPosition <= from || membershipAt(sights(view.viewerId, view.roomNid).marks, from) === "join";
	const present = changed.filter((view) => !hasEnded(view));
	return {
		continued: present.filter((view) => view.membership === "join" && wasIn(view)),
		fresh: present.filter((view) => view.membership !== "join" || !wasIn(view)),
		ended: changed.filter((view) => hasEnded(view) && !view.isForgotten),
	};
};

const continuedDeltas = async (
	store: TimelineStore,
	viewerId: UserId,
	query: ChangesQuery & { readonly sorted: Sorted; readonly sights: Sights },
): Promise<{ readonly deltas: readonly WireRoomDelta[]; readonly overflown: readonly ViewedRoom[] }> => {
	const { sorted, sights, timelineLimit } = query;
	const views = [...sorted.continued, ...sorted.ended];
	const span = { low: query.from + 1, high: query.to };
	const found = await walkRooms(store, {
		rooms: views.map((view) => roomRanges(sights(viewerId, view.roomNid), view.roomNid, span)),
		direction: "backwards",
		events: "all",
		limit: timelineLimit,
	});
	const walks = new Map(views.map((view, index) => [view, found[index]]));
	const overflown = sorted.continued.filter((view) => walks.get(view)?.nextCursor !== undefined);
	const told = sorted.continued.filter((view) => walks.get(view)?.nextCursor === undefined);
	const [summaries, progress] = await Promise.all([
		summarise(store, { views: told, sights, known: found.flatMap((walk) => walk.records) }),
		readProgress(store, viewerId, roomsWithProgress(told)),
	]);
	const toDelta = (view: ViewedRoom, more: Partial<WireRoomDelta>): WireRoomDelta => ({
		roomId: view.roomId,
		...eventsOf(walks.get(view), viewerId),
		...more,
	});
	const ofTold = told.map((view, index) => {
		const summary = summaries[index];
		const own = progress.get(view.roomNid);
		return toDelta(view, {
			...(summary === undefined ? {} : { summary }),
			...(own === undefined ? {} : { progress: own }),
		});
	});
	return { deltas: [...ofTold, ...sorted.ended.map((view) => toDelta(view, {}))], overflown };
};

const eventsOf = (
	walk: RoomWalk | undefined,
	viewerId: UserId,
): Pick<WireRoomDelta, "events" | "isLimited" | "olderCursor"> => ({
	events: (walk?.records ?? []).map((record) => toWireEvent(record, viewerId)),
	isLimited: walk?.nextCursor !== undefined,
	...(walk?.nextCursor === undefined ? {} : { olderCursor: String(walk.nextCursor) }),
});

/** Rooms in which nothing happened but reading; big ones among those told already get the receipts that moved too. */
const receiptDeltas = async (
	store: TimelineStore,
	viewerId: UserId,
	{ receipts, told }: { readonly receipts: readonly ReadReceipt[]; readonly told: ReadonlySet<number> },
): Promise<readonly WireRoomDelta[]> => {
	const byRoom = groupBy(
		receipts.filter((receipt) => !told.has(receipt.roomNid)),
		(receipt) => receipt.roomNid,
	);
	if (byRoom.size === 0) return [];
	const views = await store.findRooms([viewerId], [...byRoom.keys()]);
	const moved = views.filter((view) => byRoom.get(view.roomNid)?.some((receipt) => receipt.userId === viewerId));
	const summaries = await summarise(store, { views: moved, sights: await loadSights(store, moved) });
	return views.map((view) => {
		const reads = toReads(byRoom.get(view.roomNid) ?? [], viewerId);
		const summary = summaries[moved.indexOf(view)];
		return {
			roomId: view.roomId,
			...(summary === undefined ? {} : { summary }),
			events: [],
			isLimited: false,
			...(reads.length === 0 ? {} : { progress: { reads } }),
		};
	});
};
