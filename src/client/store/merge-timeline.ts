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
	return applyRelations(merged, delta.events, ownUserId);
}

/** Applies what events of the stream say of the events here; what a page has counted already is left out. */
export function applyRelations(timeline: Timeline, events: readonly WireEvent[], ownUserId: string): Timeline {
	return events
		.filter((event) => isRelation(event) && !isFolded(timeline, event))
		.reduce((result, relation) => applyRelation(result, relation, ownUserId), timeline);
}

/** A page of a timeline, with the relations up to `asOf` folded into its items. */
export interface EventPage {
	readonly items: readonly WireEvent[];
	readonly nextCursor?: string | undefined;
	readonly olderFrom?: readonly string[] | undefined;
	readonly asOf: string;
}

/** Puts a page of older events in front. */
export function mergeOlder(timeline: Timeline, page: EventPage): Timeline {
	return {
		...mergeNewer(timeline, page),
		olderCursor: page.nextCursor ?? timeline.olderCursor,
		olderFrom: page.olderFrom,
		isComplete: page.nextCursor === undefined,
	};
}

/** Puts a page of newer events behind. */
export function mergeNewer(timeline: Timeline, page: EventPage): Timeline {
	const rows = page.items.filter((event) => !isRelation(event));
	return {
		...timeline,
		events: mergeEvents(timeline.events, rows),
		foldedTo: new Map([...timeline.foldedTo, ...rows.map((event) => [event.eventId, page.asOf] as const)]),
	};
}

/** True for a relation that the page which brought its target had counted. */
function isFolded(timeline: Timeline, relation: WireEvent): boolean {
	const foldedTo = timeline.foldedTo.get(relation.relatesTo?.eventId ?? "");
	return foldedTo !== undefined && comparePositions(relation.position, foldedTo) <= 0;
}

/** All events of both, in stream order; of an event in both, the second list's. */
export function mergeEvents(first: readonly WireEvent[], second: readonly WireEvent[]): readonly WireEvent[] {
	if (first.length === 0) return second;
	if (second.length === 0) return first;
	// A page in front and news behind are what comes all the time, also to ten thousand events.
	if (isBefore(first, second)) return [...first, ...second];
	if (isBefore(second, first)) return [...second, ...first];
	const byId = new Map([...first, ...second].map((event) => [event.eventId, event]));
	return [...byId.values()].sort((a, b) => comparePositions(a.position, b.position));
}

function isBefore(first: readonly WireEvent[], second: readonly WireEvent[]): boolean {
	const [last, next] = [first.at(-1), second[0]];
	return last !== undefined && next !== undefined && comparePositions(last.position, next.position) < 0;
}

function oldestPosition(events: readonly WireEvent[]): string | undefined {
	return events[0]?.position;
}

function startsWithCreation(events: readonly WireEvent[]): boolean {
	return events[0]?.type === "m.room.create";
}
