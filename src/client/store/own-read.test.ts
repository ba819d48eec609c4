import { describe, expect, it } from "vitest";
import type { WireEvent } from "../../shared/wire/event.ts";
import type { WireRoomSummary } from "../../shared/wire/room.ts";
import { applySyncItem, initialState, withRoom } from "./client-state.ts";
import { readUpTo } from "./own-read.ts";
import { emptyTimeline, type RoomState } from "./room-state.ts";

const me = "@me:a";
const roomId = "!1";

function say(position: number, extra: Partial<WireEvent> = {}): WireEvent {
	const content = { body: `message ${position}`, ...(extra.content ?? {}) };
	const base = { type: "m.room.message", sender: "@ben:a", originServerTs: 0 };
	return { ...base, ...extra, content, eventId: `$${position}`, position: `${position}` };
}

function row(extra: Partial<WireRoomSummary> = {}): WireRoomSummary {
	return {
		roomId,
		kind: "group",
		heroes: [],
		joinedCount: 2,
		invitedCount: 0,
		membership: "join",
		lastPosition: "9",
		unreadCount: 3,
		mentionCount: 1,
		readPosition: "1",
		...extra,
	};
}

function room(events: readonly WireEvent[], summary = row()): RoomState {
	return { roomId, summary, timeline: { ...emptyTimeline, events }, progress: { reads: [] }, names: new Map() };
}

/** What the row says after the server has sent another one. */
function afterRow(before: RoomState, summary: WireRoomSummary) {
	const state = withRoom(
		{ ...initialState, me: { userId: me, displayName: "", isOwner: false, deviceId: "PHONE", serverName: "a" } },
		roomId,
		() => before,
	);
	const after = applySyncItem(state, {
		kind: "changes",
		rooms: [{ roomId, summary, events: [], isLimited: false }],
		removedRoomIds: [],
	}).rooms.get(roomId);
	return {
		unread: after?.summary?.unreadCount,
		mentions: after?.summary?.mentionCount,
		isPending: after?.ownRead !== undefined,
	};
}

describe("reading", () => {
	const events = [say(2), say(3, { sender: me }), say(4, { content: { "m.mentions": { user_ids: [me] } } })];

	it("takes the badge away at once", () => {
		const read = readUpTo(room(events), { eventId: "$4", position: "4" }, me);
		expect(read.summary).toMatchObject({ unreadCount: 0, mentionCount: 0, readPosition: "4" });
	});

	it("counts what is behind it, own messages left out", () => {
		const read = readUpTo(room(events), { eventId: "$2", position: "2" }, me);
		expect(read.summary).toMatchObject({ unreadCount: 1, mentionCount: 1 });
	});

	it("never goes back", () => {
		const read = readUpTo(room(events), { eventId: "$4", position: "4" }, me);
		expect(readUpTo(read, { eventId: "$2", position: "2" }, me)).toBe(read);
	});

	it("a row from before the server heard of it does not bring the badge back", () => {
		const read = readUpTo(room(events), { eventId: "$4", position: "4" }, me);
		expect(afterRow(read, row({ unreadCount: 2 }))).toEqual({ unread: 0, mentions: 0, isPending: true });
	});

	it("once the server is as far, its counts hold", () => {
		const read = readUpTo(room(events), { eventId: "$4", position: "4" }, me);
		const known = row({ readPosition: "4", unreadCount: 5, mentionCount: 0 });
		expect(afterRow(read, known)).toEqual({ unread: 5, mentions: 0, isPending: false });
	});
});
