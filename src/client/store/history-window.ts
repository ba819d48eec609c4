import type { WireEvent } from "../../shared/wire/event.ts";
import { applyRelations, type EventPage, mergeEvents, mergeNewer, mergeOlder } from "./merge-timeline.ts";
import { comparePositions } from "./position.ts";
import { emptyTimeline, type HistoryWindow, type RoomState, type Timeline } from "./room-state.ts";

/** What the server answers to a question for one event. */
export interface EventsAround {
	readonly items: readonly WireEvent[];
	readonly olderCursor?: string | undefined;
	readonly newerCursor?: string | undefined;
	readonly asOf: string;
}

/** The room with a window around an event; where that touches the newest events, with those alone. */
export function withWindow(room: RoomState, around: EventsAround): RoomState {
	const page: EventPage = { items: around.items, nextCursor: around.olderCursor, asOf: around.asOf };
	return joined({ ...room, history: { timeline: mergeOlder(emptyTimeline, page), newerCursor: around.newerCursor } });
}

/** The room after the next page of its window, older or newer. */
export function withOlderPage(room: RoomState, page: EventPage): RoomState {
	if (room.history === undefined) return room;
	return { ...room, history: { ...room.history, timeline: mergeOlder(room.history.timeline, page) } };
}

export function withNewerPage(room: RoomState, page: EventPage): RoomState {
	if (room.history === undefined) return room;
	const timeline = mergeNewer(room.history.timeline, page);
	return joined({ ...room, history: { timeline, newerCursor: page.nextCursor } });
}

export function withoutWindow({ history: _, ...room }: RoomState): RoomState {
	return room;
}

/** The window after events of the stream, which may change what is in it; after a gap in the stream there is none. */
export function windowAfter(
	history: HistoryWindow | undefined,
	delta: { readonly events: readonly WireEvent[]; readonly isLimited: boolean },
	ownUserId: string,
): HistoryWindow | undefined {
	if (history === undefined || delta.isLimited) return undefined;
	return { ...history, timeline: applyRelations(history.timeline, delta.events, ownUserId) };
}

/** A window that has reached the newest events is no window any more: both are one run. */
function joined(room: RoomState): RoomState {
	const { history, timeline: live } = room;
	if (history === undefined || !touches(history, live)) return room;
	const { timeline: old } = history;
	return {
		...withoutWindow(room),
		timeline: {
			...live,
			// What the stream brought is at least as new as what was read.
			events: mergeEvents(old.events, live.events),
			olderCursor: old.olderCursor,
			isComplete: old.isComplete,
			foldedTo: new Map([...old.foldedTo, ...live.foldedTo]),
			appliedRelations: new Map([...old.appliedRelations, ...live.appliedRelations]),
		},
	};
}

function touches({ timeline, newerCursor }: HistoryWindow, live: Timeline): boolean {
	const [newest, oldestLive] = [timeline.events.at(-1), live.events[0]];
	if (newest === undefined || oldestLive === undefined) return false;
	return newerCursor === undefined || comparePositions(newest.position, oldestLive.position) >= 0;
}
