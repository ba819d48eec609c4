import type { OutboxItem } from "../../client/outbox/outbox-item.ts";
import { comparePositions } from "../../client/store/position.ts";
import { dayKey, dayLabel } from "../../shared/text/dates.ts";
import type { WireEvent } from "../../shared/wire/event.ts";
import { messageOfEvent, messageOfOutbox, type TimelineContext } from "./build-message.ts";
import { serviceText } from "./service-text.ts";
import type { DaySnapshot, EntrySnapshot, GroupSnapshot, MessageSnapshot } from "./timeline-snapshot.ts";

/** A group ends after five minutes of silence. */
const groupMs = 5 * 60_000;

/** One thing on the timeline before days and groups are made of it. */
interface Item {
	readonly ts: number;
	readonly senderId: string;
	readonly isUnreadStart: boolean;
	readonly content: { kind: "message"; message: MessageSnapshot } | { kind: "service"; key: string; text: string };
}

/** Days, groups and lines from the events of a room and the messages on their way out. */
export function buildTimeline(
	events: readonly WireEvent[],
	outbox: readonly OutboxItem[],
	context: TimelineContext,
): readonly DaySnapshot[] {
	const firstUnread = firstUnreadOf(events, context);
	const byId = new Map(events.map((event) => [event.eventId, event]));
	const items = [
		...events.flatMap((event, index) =>
			itemOfEvent(event, { byId, firstUnread, previous: events[index - 1] }, context),
		),
		...outbox.map((item) => itemOfOutbox(item, byId, context)),
	];
	const days: { key: string; label: string; items: Item[] }[] = [];
	for (const item of items) {
		const key = dayKey(item.ts);
		const day = days.at(-1);
		if (day?.key === key) day.items.push(item);
		else days.push({ key, label: dayLabel(item.ts, context.now), items: [item] });
	}
	return days.map(({ key, label, items: of }) => ({ key, label, entries: groupItems(of, context) }));
}

/** The first message of somebody else behind the position that was read when the chat was opened. */
function firstUnreadOf(events: readonly WireEvent[], { readPosition, ownUserId }: TimelineContext): string | undefined {
	if (readPosition === undefined) return undefined;
	return events.find(
		(event) =>
			event.type === "m.room.message" &&
			event.sender !== ownUserId &&
			comparePositions(event.position, readPosition) > 0,
	)?.eventId;
}

interface Around {
	readonly byId: ReadonlyMap<string, WireEvent>;
	readonly firstUnread: string | undefined;
	/** Whoever made the room joins it with the next event: that needs no line of its own. */
	readonly previous: WireEvent | undefined;
}

function itemOfEvent(event: WireEvent, around: Around, context: TimelineContext): Item[] {
	const base = { ts: event.originServerTs, senderId: event.sender };
	const isUnreadStart = event.eventId === around.firstUnread;
	const message = messageOfEvent(event, around.byId, context);
	if (message !== undefined) return [{ ...base, isUnreadStart, content: { kind: "message", message } }];
	const text = around.previous?.type === "m.room.create" ? undefined : serviceText(event, context);
	if (text === undefined) return [];
	return [{ ...base, isUnreadStart, content: { kind: "service", key: event.eventId, text } }];
}

function itemOfOutbox(item: OutboxItem, byId: ReadonlyMap<string, WireEvent>, context: TimelineContext): Item {
	const message = messageOfOutbox(item, byId, context);
	return { ts: item.createdTs, senderId: item.userId, isUnreadStart: false, content: { kind: "message", message } };
}

function groupItems(items: readonly Item[], context: TimelineContext): readonly EntrySnapshot[] {
	const entries: EntrySnapshot[] = [];
	let open: { group: GroupSnapshot; messages: MessageSnapshot[]; ts: number } | undefined;
	for (const item of items) {
		if (item.isUnreadStart) {
			entries.push({ kind: "unread", key: "unread" });
			open = undefined;
		}
		if (item.content.kind === "service") {
			entries.push({ kind: "service", key: item.content.key, text: item.content.text });
			open = undefined;
			continue;
		}
		const { message } = item.content;
		if (open !== undefined && open.group.senderId === item.senderId && item.ts - open.ts < groupMs) {
			open.messages.push(message);
			open.ts = item.ts;
			continue;
		}
		const messages = [message];
		const group = newGroup(item, messages, context);
		open = { group, messages, ts: item.ts };
		entries.push(group);
	}
	return entries;
}

function newGroup(item: Item, messages: readonly MessageSnapshot[], context: TimelineContext): GroupSnapshot {
	const first = messages[0];
	return {
		kind: "group",
		key: first?.key ?? item.senderId,
		isOwn: item.senderId === context.ownUserId,
		senderId: item.senderId,
		senderName: first?.senderName ?? item.senderId,
		hasSender: !context.isDirect,
		messages,
	};
}
