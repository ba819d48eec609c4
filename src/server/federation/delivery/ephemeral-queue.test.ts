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
		expect(first).toHaveLength(100);
		expect(first.at(-1)?.type).toBe("m.receipt");
		expect(queue.take(100, 0)).toHaveLength(99);
	});
});
