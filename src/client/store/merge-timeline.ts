import type { WireEvent } from "../../shared/wire/event.ts";
import type { WireRoomDelta } from "../../shared/wire/sync.ts";
import { applyRelation, isRelation } from "./apply-relations.ts";
import { comparePositions } from "./position.ts";
import { emptyTimeline, type Timeline } from "./room-state.ts";

/** Puts the newest events of a room on top of what is here; after a gap it begins anew from behind the gap. */
export function mergeNewest(timeline: Timeline, delta: WireRoomDelta, ownUserId: string): Timeline {
	const isFresh = delta.isLimited || timeline.events.length === 0;
	const before: Timeline = delta.isLimited ? emptyTimeline : timeline;
	const shown = delta.events.filter((event) => !isRelation(event));
	const merged: Timeline = {
		...before,
		events: mergeEvents(before.events, shown),
		...(isFresh && { olderCursor: delta.olderCursor ?? oldestPosition(delta.events) }),
		...(isFresh && startsWithCreation(delta.events) && { isComplete: true }),
	};
	const fresh = new Set(shown.map((event) => event.eventId));
	const known = new Set(before.events.map((event) => event.eventId));
	return delta.events
		.filter(isRelation)
		.filter((relation) => appliesAfterRead(relation, { fresh, known }))
		.reduce((result, relation) => applyRelation(result, relation, ownUserId), merged);
}

/** Puts a page of older events in front. */
export function mergeOlder(
	timeline: Timeline,
	page: { items: readonly WireEvent[]; nextCursor?: string | undefined },
): Timeline {
	return {
		...timeline,
		events: mergeEvents(
			timeline.events,
			page.items.filter((event) => !isRelation(event)),
		),
		olderCursor: page.nextCursor ?? timeline.olderCursor,
		isComplete: page.nextCursor === undefined,
	};
}

/** Puts events read anew in the place of what was known of them. */
export function mergeEvents(known: readonly WireEvent[], incoming: readonly WireEvent[]): readonly WireEvent[] {
	if (incoming.length === 0) return known;
	const byId = new Map([...known, ...incoming].map((event) => [event.eventId, event]));
	return [...byId.values()].sort((a, b) => comparePositions(a.position, b.position));
}

/** An event that came with this delta already carries its relations; one that was here before does not. */
function appliesAfterRead(
	relation: WireEvent,
	events: { readonly fresh: ReadonlySet<string>; readonly known: ReadonlySet<string> },
): boolean {
	const targetId = relation.relatesTo?.eventId ?? "";
	return events.known.has(targetId) || !events.fresh.has(targetId);
}

function oldestPosition(events: readonly WireEvent[]): string | undefined {
	return events[0]?.position;
}

function startsWithCreation(events: readonly WireEvent[]): boolean {
	return events[0]?.type === "m.room.create";
}
