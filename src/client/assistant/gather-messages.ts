import { localpartOf } from "../../shared/text/names.ts";
import { applyPending } from "../outbox/apply-pending.ts";
import { clientOutbox } from "../outbox/client-outbox.ts";
import { loadOlderEvents } from "../rooms/paging.ts";
import { unreadStarts } from "../rooms/unread-starts.ts";
import { clientStore } from "../store/client-store.ts";
import { closedReasonOf } from "../store/event-seal.ts";
import { mergeEvents } from "../store/merge-timeline.ts";
import type { RoomState } from "../store/room-state.ts";
import { newestThatFit, type PickedMessage, pickMessages, type Reader } from "./pick-messages.ts";
import { type MessageRange, reachesBack, selectRange } from "./select-range.ts";

export interface Gathered {
	/** What the person asks, which goes with them. */
	readonly question?: string;
	readonly messages: readonly PickedMessage[];
	/** Messages that this device cannot read: they stay out. */
	readonly closedCount: number;
	/** False: older ones belong to it too, and did not come or do not fit. */
	readonly isWhole: boolean;
}

/** No more pages are read for one question: what they hold would not fit. */
const mostPages = 40;

/** The messages of a range as this device reads them; older pages are read until it is whole. */
export async function gatherMessages(roomId: string, range: MessageRange): Promise<Gathered> {
	const context = { now: Date.now(), unreadFrom: unreadStarts.get().get(roomId) };
	const isThere = ({ timeline }: RoomState): boolean =>
		timeline.isComplete || reachesBack(timeline.events, range, context);
	for (let page = 0; page < mostPages && !isThere(roomNow(roomId)); page += 1) {
		if (!(await loadPage(roomId))) break;
	}
	const room = roomNow(roomId);
	const events = selectRange(room.timeline.events, range, context);
	const all = pickMessages(events, readerOf(room));
	const messages = newestThatFit(all);
	return {
		messages,
		closedCount: events.filter((event) => closedReasonOf(event) !== undefined).length,
		isWhole: isThere(room) && messages.length === all.length,
	};
}

/** A question is looked up in so many messages at least, where there are. */
const wantedForQuestion = { messages: 400, mostPages: 10 };

/** What this device has of a chat: the newest messages, read on back until they are enough, and those around one far back. */
export async function heldMessages(roomId: string, wanted = wantedForQuestion): Promise<Gathered> {
	const isEnough = ({ timeline: { isComplete, events } }: RoomState): boolean =>
		isComplete || events.length >= wanted.messages;
	for (let page = 0; page < wanted.mostPages && !isEnough(roomNow(roomId)); page += 1) {
		if (!(await loadPage(roomId))) break;
	}
	const room = roomNow(roomId);
	const events = mergeEvents(room.history?.timeline.events ?? [], room.timeline.events);
	const closedCount = events.filter((event) => closedReasonOf(event) !== undefined).length;
	return { messages: pickMessages(events, readerOf(room)), closedCount, isWhole: true };
}

/** False where no older page came. */
async function loadPage(roomId: string): Promise<boolean> {
	const before = roomNow(roomId).timeline.olderCursor;
	try {
		await loadOlderEvents(roomId);
	} catch {
		return false;
	}
	const { isComplete, olderCursor } = roomNow(roomId).timeline;
	return isComplete || olderCursor !== before;
}

/** A room as its reader sees it now. */
export function roomNow(roomId: string): RoomState {
	const room = clientStore.get().rooms.get(roomId);
	if (room === undefined) throw new Error("the room is not known here");
	return applyPending(room, clientOutbox.items.get());
}

export function readerOf({ names }: RoomState): Reader {
	const { me } = clientStore.get();
	const ownUserId = me?.userId ?? "";
	return {
		ownUserId,
		nameOf: (userId) => (userId === ownUserId ? me?.displayName : names.get(userId)) || localpartOf(userId),
	};
}
