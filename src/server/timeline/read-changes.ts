import type { UserId } from "../../../federation/identifiers/identifier-types.ts";
import { groupBy } from "../../shared/group-by.ts";
import type { WireRoomDelta } from "../../shared/wire/sync.ts";
import { continuedDeltas } from "./continued-deltas.ts";
import { freshDeltas } from "./fresh-deltas.ts";
import type { ReadReceipt, TimelineStore, ViewedRoom } from "./ports.ts";
import { toReads } from "./read-progress.ts";
import { loadSights, type Sights } from "./sight.ts";
import { isListed, summarise } from "./summarise.ts";
import { membershipAt } from "./visible-ranges.ts";

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
	| { readonly kind: "changes"; readonly rooms: WireRoomDelta[]; readonly removedRoomIds: string[] }
	| { readonly kind: "too-many" };

/**
 * What changed for one person between two stream positions. A room in which more happened than `timelineLimit` events
 * comes as a fresh one (`isLimited`): its newest rows, edits and reactions folded in, replace what the client had. So does
 * one of which the client was shown what no longer holds.
 */
export const readChanges = async (store: TimelineStore, viewerId: UserId, query: ChangesQuery): Promise<Changes> => {
	const { from, to, timelineLimit } = query;
	const [changed, receipts] = await Promise.all([
		store.findChangedRooms(viewerId, from, query.roomLimit + 1),
		store.findMovedReceipts(viewerId, { from, to, limit: maxReceipts }),
	]);
	if (changed.length > query.roomLimit || receipts.length === maxReceipts) return { kind: "too-many" };
	const sights = await loadSights(
		store,
		changed.map((view) => ({ ...view, hasBounds: view.hasBounds || view.membershipPosition > from })),
	);
	const sorted = sortRooms(changed, sights, from);
	const receiptsByRoom = groupBy(receipts, (receipt) => receipt.roomNid);
	const continued = await continuedDeltas(store, viewerId, { ...query, ...sorted, sights, receiptsByRoom });
	const views = [...sorted.fresh, ...continued.overflown];
	const [fresh, onlyReceipts] = await Promise.all([
		freshDeltas(store, viewerId, { views, sights, timelineLimit, upTo: to }),
		receiptDeltas(store, viewerId, { receiptsByRoom, told: new Set(changed.map((view) => view.roomNid)) }),
	]);
	return {
		kind: "changes",
		rooms: [...fresh.map(asLimited), ...continued.deltas, ...onlyReceipts],
		removedRoomIds: changed
			.filter((view) => hasEnded(view) && view.membershipPosition <= to)
			.map((view) => view.roomId),
	};
};

/** A client that missed so many begins anew. */
const maxReceipts = 5_000;

/** The client may hold older events of the room: it has to let go of them. */
const asLimited = (delta: WireRoomDelta): WireRoomDelta => ({ ...delta, isLimited: true });

const hasEnded = (view: ViewedRoom): boolean => !isListed(view);

/** How rooms are told to a client that comes back. */
interface SortedRooms {
	/** In the client's list before and now: it gets what is new, edits and reactions as events of their own. */
	readonly continued: readonly ViewedRoom[];
	/** New in the list: as in a window. */
	readonly fresh: readonly ViewedRoom[];
	/** No longer in the list: what was still to see, without a row. */
	readonly ended: readonly ViewedRoom[];
}

const sortRooms = (changed: readonly ViewedRoom[], sights: Sights, from: number): SortedRooms => {
	const wasIn = (view: ViewedRoom): boolean =>
		view.membershipPosition <= from || membershipAt(sights(view.viewerId, view.roomNid).marks, from) === "join";
	const continues = (view: ViewedRoom): boolean => view.membership === "join" && wasIn(view) && view.renewedAt <= from;
	const present = changed.filter((view) => !hasEnded(view));
	return {
		continued: present.filter(continues),
		fresh: present.filter((view) => !continues(view)),
		ended: changed.filter((view) => hasEnded(view) && !view.isForgotten),
	};
};

/** Rooms in which nothing happened but reading. */
const receiptDeltas = async (
	store: TimelineStore,
	viewerId: UserId,
	{
		receiptsByRoom,
		told,
	}: { readonly receiptsByRoom: ReadonlyMap<number, readonly ReadReceipt[]>; readonly told: ReadonlySet<number> },
): Promise<WireRoomDelta[]> => {
	const roomNids = [...receiptsByRoom.keys()].filter((roomNid) => !told.has(roomNid));
	if (roomNids.length === 0) return [];
	const views = await store.findRooms([viewerId], roomNids);
	const receiptsOf = (view: ViewedRoom): readonly ReadReceipt[] => receiptsByRoom.get(view.roomNid) ?? [];
	const moved = views.filter((view) => receiptsOf(view).some((receipt) => receipt.userId === viewerId));
	const summaries = await summarise(store, { views: moved, sights: await loadSights(store, moved) });
	return views.map((view) => {
		const reads = toReads(receiptsOf(view), viewerId);
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
