import type { Timeline } from "./room-state.ts";

/** The newest events of a run alone: the older ones are read again when somebody goes back to them. */
export function trimTimeline(timeline: Timeline, keep: number): Timeline {
	const oldest = timeline.events.at(-keep);
	if (oldest === undefined || timeline.events.length <= keep) return timeline;
	const events = timeline.events.slice(-keep);
	const kept = new Set(events.map((event) => event.eventId));
	return {
		...timeline,
		events,
		olderCursor: oldest.position,
		isComplete: false,
		foldedTo: new Map([...timeline.foldedTo].filter(([eventId]) => kept.has(eventId))),
	};
}
