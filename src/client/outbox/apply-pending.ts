import { groupBy } from "../../shared/group-by.ts";
import type { WireEvent, WireReaction } from "../../shared/wire/event.ts";
import type { RoomState, Timeline } from "../store/room-state.ts";
import { isChange, type OutboxChange, type OutboxEntry } from "./outbox-entry.ts";

/** A room as it will be once what is on its way has arrived; the same room where nothing is. */
export function applyPending(room: RoomState, entries: readonly OutboxEntry[]): RoomState {
	const pending = entries.filter(
		(entry): entry is OutboxChange => isChange(entry) && entry.roomId === room.roomId && entry.state.kind !== "failed",
	);
	if (pending.length === 0) return room;
	const targets = groupBy(pending, (entry) => entry.change.targetEventId);
	const change = (event: WireEvent): WireEvent => (targets.get(event.eventId) ?? []).reduce(changed, event);
	const changeAll = (timeline: Timeline): Timeline => ({ ...timeline, events: timeline.events.map(change) });
	const { timeline, history, quoted, summary } = room;
	return {
		...room,
		timeline: changeAll(timeline),
		...(quoted && { quoted: changeAll(quoted) }),
		...(history && { history: { ...history, timeline: changeAll(history.timeline) } }),
		...(summary && {
			summary: { ...summary, ...(summary.lastMessage && { lastMessage: change(summary.lastMessage) }) },
		}),
	};
}

/** The last message of a room's row as it will be then; the same room where nothing of that is on its way. */
export function applyPendingToRow<R extends RoomState>(room: R, entries: readonly OutboxEntry[]): R {
	const last = room.summary?.lastMessage;
	const pending = entries.filter(
		(entry): entry is OutboxChange =>
			isChange(entry) && entry.state.kind !== "failed" && entry.change.targetEventId === last?.eventId,
	);
	if (last === undefined || pending.length === 0) return room;
	return { ...room, summary: { ...room.summary, lastMessage: pending.reduce(changed, last) } };
}

function changed(event: WireEvent, { change, createdTs, userId, transactionId }: OutboxChange): WireEvent {
	const reactions = event.reactions ?? [];
	switch (change.kind) {
		case "edit":
			return { ...event, content: { ...event.content, ...change.picture, body: change.body }, editedTs: createdTs };
		case "delete": {
			const { editedTs: _, reactions: __, ...bare } = event;
			return { ...bare, content: {}, redactedBy: userId };
		}
		case "react":
			return { ...event, reactions: withOwn(reactions, change.key, `$${transactionId}`) };
		case "unreact":
			return { ...event, reactions: withoutOwn(reactions, change.key) };
	}
}

function withOwn(reactions: readonly WireReaction[], key: string, ownEventId: string): WireReaction[] {
	const known = reactions.find((reaction) => reaction.key === key);
	if (known === undefined) return [...reactions, { key, count: 1, ownEventId }];
	if (known.ownEventId !== undefined) return [...reactions];
	return reactions.map((one) => (one === known ? { key, count: one.count + 1, ownEventId } : one));
}

function withoutOwn(reactions: readonly WireReaction[], key: string): WireReaction[] {
	return reactions.flatMap((one) => {
		if (one.key !== key || one.ownEventId === undefined) return [one];
		return one.count <= 1 ? [] : [{ key, count: one.count - 1 }];
	});
}
