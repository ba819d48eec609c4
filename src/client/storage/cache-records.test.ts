import { describe, expect, it } from "vitest";
import type { WireEvent } from "../../shared/wire/event.ts";
import { emptyRoom, emptyTimeline, type RoomState } from "../store/room-state.ts";
import {
	fromCachedRoom,
	fromCachedTimeline,
	keptRooms,
	keptTimelines,
	toCachedRoom,
	toCachedTimeline,
} from "./cache-records.ts";

function say(position: number): WireEvent {
	const content = { body: `${position}` };
	const sender = `@p${position % 3}:a`;
	return {
		eventId: `$${position}`,
		type: "m.room.message",
		sender,
		content,
		originServerTs: 0,
		position: `${position}`,
	};
}

function room(id: number, eventCount: number, membership: "join" | "leave" = "join"): RoomState {
	const roomId = `!${id}`;
	const events = Array.from({ length: eventCount }, (_, index) => say(index + 1));
	return {
		...emptyRoom(roomId),
		summary: {
			roomId,
			kind: "group",
			heroes: [],
			joinedCount: 1,
			invitedCount: 0,
			membership,
			lastPosition: `${id}`,
			unreadCount: 0,
			mentionCount: 0,
		},
		timeline: { ...emptyTimeline, events, olderCursor: "0", isComplete: true },
		names: new Map([...events.map(({ sender }) => [sender, sender] as const), ["@gone:a", "Gone"]]),
	};
}

const asMap = (rooms: readonly RoomState[]) => new Map(rooms.map((one) => [one.roomId, one]));

describe("the cache", () => {
	it("gives back a short timeline as it was", () => {
		const before = room(1, 5);
		expect(fromCachedTimeline(toCachedTimeline(before))).toEqual(before.timeline);
	});

	it("keeps the end of a long timeline, and says where the rest begins", () => {
		const kept = toCachedTimeline(room(1, 100));
		expect(kept.events.at(-1)?.position).toBe("100");
		expect(kept.events.length).toBeLessThan(100);
		expect(kept.olderCursor).toBe(kept.events[0]?.position);
		expect(kept.isComplete).toBe(false);
	});

	it("keeps a row with the names that it and its messages show", () => {
		const before = room(1, 5);
		const cached = toCachedRoom(before);
		const after = cached && fromCachedRoom(cached);
		expect(after?.summary).toEqual(before.summary);
		expect([...(after?.names.keys() ?? [])].sort()).toEqual(["@p0:a", "@p1:a", "@p2:a"]);
	});

	it("keeps the newest rooms that the person is in, and fewer timelines than rooms", () => {
		const rooms = Array.from({ length: 1100 }, (_, index) => room(index + 1, 1));
		const kept = keptRooms(asMap([...rooms, room(5000, 1, "leave")]));
		expect(kept[0]?.roomId).toBe("!1100");
		expect(kept).toHaveLength(1000);
		const timelines = keptTimelines(kept);
		expect(timelines.length).toBeGreaterThanOrEqual(200);
		expect(timelines.length).toBeLessThan(1000);
	});
});
