import type { WireRoomDelta } from "../../shared/wire/sync.ts";
import { sizeOfEvent } from "./event-size.ts";

/** What happened in rooms and waits for one reader, who may be slow: never more than the reader can take at once. */
export interface WaitingDeltas {
	add(deltas: readonly WireRoomDelta[]): void;
	/** Throws everything away: the reader reads the difference from the database. */
	drop(): void;
	/** Everything that waits, put together by room. */
	take(): { readonly rooms: readonly WireRoomDelta[]; readonly hasOverflowed: boolean };
}

/** What may wait for one reader; above, the reader reads the gap from the database instead. */
const maxEvents = 500;
const maxBytes = 1_000_000;
/** A row of the chat list, or who has read how far. */
const deltaBytes = 1_000;

export const createWaitingDeltas = (): WaitingDeltas => {
	let waiting: WireRoomDelta[] = [];
	let eventCount = 0;
	let sizeBytes = 0;
	let hasOverflowed = false;
	const drop = (): void => {
		hasOverflowed = true;
		waiting = [];
	};
	return {
		add: (deltas) => {
			if (hasOverflowed) return;
			eventCount += deltas.reduce((sum, room) => sum + 1 + room.events.length, 0);
			sizeBytes += deltas.reduce((sum, room) => sum + sizeOfDelta(room), 0);
			if (eventCount > maxEvents || sizeBytes > maxBytes) drop();
			else waiting.push(...deltas);
		},
		drop,
		take: () => {
			const taken = { rooms: mergeDeltas(waiting), hasOverflowed };
			waiting = [];
			eventCount = 0;
			sizeBytes = 0;
			hasOverflowed = false;
			return taken;
		},
	};
};

const sizeOfDelta = ({ events }: WireRoomDelta): number =>
	events.reduce((sum, event) => sum + sizeOfEvent(event), deltaBytes);

/** Puts what happened to one room in several steps into one delta. */
const mergeDeltas = (deltas: readonly WireRoomDelta[]): readonly WireRoomDelta[] => {
	if (deltas.length < 2) return deltas;
	const merged = new Map<string, WireRoomDelta>();
	for (const delta of deltas) {
		const earlier = merged.get(delta.roomId);
		merged.set(delta.roomId, earlier === undefined ? delta : mergePair(earlier, delta));
	}
	return [...merged.values()];
};

const mergePair = (earlier: WireRoomDelta, later: WireRoomDelta): WireRoomDelta => {
	const reads = [...(earlier.progress?.reads ?? []), ...(later.progress?.reads ?? [])];
	return {
		...earlier,
		...later,
		events: [...earlier.events, ...later.events],
		isLimited: earlier.isLimited || later.isLimited,
		progress: { ...earlier.progress, ...later.progress, ...(reads.length > 0 ? { reads } : {}) },
	};
};
