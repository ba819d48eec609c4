/**
 * Orders power events so that each comes after those it cites, and among the free ones the sender with more power, then
 * the older, then the smaller id comes first (Kahn's algorithm with a heap).
 * Matrix v1.19, room version 2, "State resolution", "Reverse topological power ordering".
 */
import { powerLevelRank, userPowerLevel } from "../authorization/power-levels.ts";
import type { RoomEvent } from "../events/room-event.ts";
import type { EventId } from "../identifiers/identifier-types.ts";
import type { RoomVersion } from "../room-versions/room-version.ts";
import { compareByAge } from "./compare-by-age.ts";
import { citedState } from "./event-state.ts";
import { MinHeap } from "./min-heap.ts";
import type { EventLookup } from "./resolution-source.ts";

/** Sorts from the earliest to the latest. Senders' powers are read from each event's own auth events. */
export const reverseTopologicalPowerSort = (
	events: ReadonlyMap<EventId, RoomEvent>,
	lookup: EventLookup,
	version: RoomVersion,
): readonly RoomEvent[] => {
	const waiting = new Map<EventId, number>();
	const citedBy = new Map<EventId, Candidate[]>();
	const free = new MinHeap<Candidate>(compareCandidates);
	for (const event of events.values()) {
		const candidate = { event, power: senderPower(event, lookup, version) };
		const cited = new Set(event.authEvents.filter((id) => events.has(id)));
		for (const id of cited) citedBy.set(id, [...(citedBy.get(id) ?? []), candidate]);
		waiting.set(event.eventId, cited.size);
		if (cited.size === 0) free.push(candidate);
	}
	const sorted: RoomEvent[] = [];
	for (let next = free.pop(); next !== undefined; next = free.pop()) {
		sorted.push(next.event);
		for (const candidate of citedBy.get(next.event.eventId) ?? []) {
			const left = (waiting.get(candidate.event.eventId) ?? 0) - 1;
			waiting.set(candidate.event.eventId, left);
			if (left === 0) free.push(candidate);
		}
	}
	return sorted;
};

interface Candidate {
	readonly event: RoomEvent;
	readonly power: number;
}

const compareCandidates = (x: Candidate, y: Candidate): number => {
	if (x.power !== y.power) return x.power > y.power ? -1 : 1;
	return compareByAge(x.event, y.event);
};

const senderPower = (event: RoomEvent, lookup: EventLookup, version: RoomVersion): number => {
	const cited = citedState(event, lookup, { version, skipRejected: false });
	return powerLevelRank(userPowerLevel(cited, event.sender, version));
};
