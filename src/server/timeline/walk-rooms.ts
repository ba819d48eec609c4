import type { RangeWalk, RoomRange, TimelineRecord, TimelineStore, WalkQuery } from "./ports.ts";

export interface RoomWalkQuery extends Pick<WalkQuery, "direction" | "limit" | "events"> {
	/** Per room: its ranges in stream order. */
	readonly rooms: readonly (readonly RoomRange[])[];
}

/** Part of a room's timeline. */
export interface RoomWalk {
	/** In stream order, oldest first, whatever the direction. */
	readonly records: readonly TimelineRecord[];
	/** Exclusive place to walk on from; absent: there is nothing more to see. */
	readonly nextCursor: number | undefined;
}

/**
 * A person who left and came back ever so often has many ranges; a walk takes in so many of them and leaves the rest to
 * the next one.
 */
const maxRanges = 8;

/** At most so many events are looked at per range: a run of a thousand reactions must not cost a thousand times a message. */
const scanLimitOf = (limit: number): number => 4 * limit + 100;

/**
 * The first `limit` events of each room that may be seen, in one statement for all rooms. A walk may end with fewer
 * events than asked for, even none, and still say where to go on.
 */
export const walkRooms = async (store: TimelineStore, query: RoomWalkQuery): Promise<readonly RoomWalk[]> => {
	const isBackwards = query.direction === "backwards";
	const inOrder = query.rooms.map((ranges) => (isBackwards ? ranges.toReversed() : ranges));
	const taken = inOrder.map((ranges) => ranges.slice(0, maxRanges));
	const walks = await store.walkRanges({
		ranges: taken.flat(),
		direction: query.direction,
		events: query.events,
		limit: query.limit + 1,
		scanLimit: scanLimitOf(query.limit),
	});
	let place = 0;
	return taken.map((ranges, index) => {
		const own = walks.slice(place, place + ranges.length);
		place += ranges.length;
		const skipped = inOrder[index]?.[maxRanges];
		const beyond = skipped === undefined ? undefined : isBackwards ? skipped.high + 1 : skipped.low - 1;
		const walk = joinWalks(own, query.limit, beyond);
		return isBackwards ? { ...walk, records: walk.records.toReversed() } : walk;
	});
};

const joinWalks = (walks: readonly RangeWalk[], limit: number, beyond: number | undefined): RoomWalk => {
	const records: TimelineRecord[] = [];
	for (const walk of walks) {
		records.push(...walk.records);
		if (records.length > limit) {
			const kept = records.slice(0, limit);
			return { records: kept, nextCursor: kept.at(-1)?.position };
		}
		if (walk.stoppedAt !== undefined) return { records, nextCursor: walk.stoppedAt };
	}
	return { records, nextCursor: beyond };
};
