import type { WireEvent } from "../../shared/wire/event.ts";
import type { WireRoomDelta } from "../../shared/wire/sync.ts";
import { applyRelation, isRelation } from "./apply-relations.ts";
import { comparePositions } from "./position.ts";
import { emptyTimeline, type Timeline } from "./room-state.ts";

/**
 * Puts the newest events of a room on top of what is here. After a gap it begins anew from behind the gap, with relations
 * folded in; otherwise relations come as events of their own and are applied in order.
 */
export function mergeNewest(timeline: Timeline, delta: WireRoomDelta, ownUserId: string): Timeline {
	const isFresh = delta.isLimited || timeline.events.length === 0;
	const before: Timeline = delta.isLimited ? emptyTimeline : timeline;
	const rows = delta.events.filter((event) => !isRelation(event));
	const merged: Timeline = {
		...before,
		// What a page has read already carries its relations, the row of a delta does not: what is known stays.
		events: mergeEvents(rows, before.events),
		...(isFresh && { olderCursor: delta.olderCursor ?? oldestPosition(delta.events) }),
		...(isFresh && startsWithCreation(delta.events) && { isComplete: true }),
	};
	return delta.events
		.filter((event) => isRelation(event) && !isFolded(merged, event))
		.reduce((result, relation) => applyRelation(result, relation, ownUserId), merged);
}

/** A page of a timeline, with the relations up to `asOf` folded into its items. */
export interface EventPage {
	readonly items: readonly WireEvent[];
	readonly nextCursor?: string | undefined;
	readonly asOf: string;
}

/** Puts a page of older events in front. */
export function mergeOlder(timeline: Timeline, page: EventPage): Timeline {
	const rows = page.items.filter((event) => !isRelation(event));
	return {
		...timeline,
		events: mergeEvents(timeline.events, rows),
		foldedTo: new Map([...timeline.foldedTo, ...rows.map((event) => [event.eventId, page.asOf] as const)]),
		olderCursor: page.nextCursor ?? timeline.olderCursor,
		isComplete: page.nextCursor === undefined,
	};
}

/** True for a relation that the page which brought its target had counted. */
function isFolded(timeline: Timeline, relation: WireEvent): boolean {
	const foldedTo = timeline.foldedTo.get(relation.relatesTo?.eventId ?? "");
	return foldedTo !== undefined && comparePositions(relation.position, foldedTo) <= 0;
}

/** All events of both, in stream order; of an event in both, the second list's. */
function mergeEvents(first: readonly WireEvent[], second: readonly WireEvent[]): readonly WireEvent[] {
	if (first.length === 0) return second;
	const byId = new Map([...first, ...second].map((event) => [event.eventId, event]));
	return [...byId.values()].sort((a, b) => comparePositions(a.position, b.position));
}

function oldestPosition(events: readonly WireEvent[]): string | undefined {
	return events[0]?.position;
}

function startsWithCreation(events: readonly WireEvent[]): boolean {
	return events[0]?.type === "m.room.create";
}
