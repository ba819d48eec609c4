import { describe, expect, it } from "vitest";
import type { EventId, RoomId, UserId } from "../../../../federation/identifiers/identifier-types.ts";
import { createEphemeralQueue, type Ephemeral } from "./ephemeral-queue.ts";

const roomId = "!room" as RoomId;
const ann = "@ann:one.example" as UserId;
const typing = (userId: string, isTyping = true): Ephemeral => ({ kind: "typing", roomId, userId, isTyping });
const read = (eventId: string, userId = ann): Ephemeral => ({
	...{ kind: "receipt", roomId, userId, eventId: eventId as EventId, ts: 7 },
});

describe("what is told once", () => {
	it("is the newest word of each person, receipts together in one EDU", () => {
		const queue = createEphemeralQueue();
		for (const news of [
			typing(ann),
			read("$a"),
			typing(ann, false),
			read("$b"),
			read("$c", "@bo:one.example" as UserId),
		])
			queue.add(news, 0);
		const reads = {
			[ann]: { event_ids: ["$b"], data: { ts: 7 } },
			"@bo:one.example": { event_ids: ["$c"], data: { ts: 7 } },
		};
		expect(queue.take(100, 0)).toEqual([
			{ type: "m.typing", content: { room_id: roomId, user_id: ann, typing: false } },
			{ type: "m.receipt", content: { [roomId]: { "m.read": reads } } },
		]);
		expect(queue.take(100, 0)).toEqual([]);
	});

	it("says who is there in one EDU, the newest of each person, with how long ago somebody was", () => {
		const queue = createEphemeralQueue();
		const bo = "@bo:one.example" as UserId;
		queue.add({ kind: "presence", userId: ann, isOnline: true, seenAt: 0 }, 0);
		queue.add({ kind: "presence", userId: bo, isOnline: true, seenAt: 1_000 }, 1_000);
		queue.add({ kind: "presence", userId: ann, isOnline: false, seenAt: 0 }, 1_000);
		const push = [
			{ user_id: bo, presence: "online", last_active_ago: 4_000, currently_active: true },
			{ user_id: ann, presence: "offline", last_active_ago: 5_000 },
		];
		expect(queue.take(100, 5_000)).toEqual([{ type: "m.presence", content: { push } }]);
		queue.add({ kind: "presence", userId: ann, isOnline: true, seenAt: 0 }, 0);
		expect(queue.take(100, 300_001)).toEqual([]);
	});

	it("is let go when it is old, typing long before receipts", () => {
		const queue = createEphemeralQueue();
		queue.add(typing(ann), 0);
		queue.add(read("$a"), 0);
		expect(queue.take(100, 60_000).map(({ type }) => type)).toEqual(["m.receipt"]);
		queue.add(read("$a"), 0);
		expect(queue.take(100, 3_600_001)).toEqual([]);
		expect(queue.size).toBe(0);
	});

	it("goes on in the next transaction where one holds no more, and is bounded", () => {
		const queue = createEphemeralQueue();
		for (let at = 0; at < 1_200; at += 1) queue.add(typing(`@p${at}:one.example`), 0);
		expect(queue.size).toBe(1_000);
		queue.add(read("$a"), 0);
		const first = queue.take(100, 0);
		expect(first).toHaveLength(99);
		expect(first.at(-1)?.type).toBe("m.receipt");
		expect(queue.take(100, 0)).toHaveLength(98);
	});
});
