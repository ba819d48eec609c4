import { describe, expect, it } from "vitest";
import type { WireEvent } from "../../shared/wire/event.ts";
import { newestThatFit, pickMessages } from "./pick-messages.ts";
import { reachesBack, selectRange } from "./select-range.ts";

const hourMs = 3_600_000;
const now = 1_800_000_000_000;

/** A message an hour, the last one now. */
const eventsOf = (count: number): WireEvent[] =>
	Array.from({ length: count }, (_, index) => ({
		...{ eventId: `$e${index}`, type: "m.room.message", sender: index % 2 === 0 ? "@ann:a" : "@ben:a" },
		...{ content: { msgtype: "m.text", body: `message ${index}` }, position: String(index + 1) },
		originServerTs: now - (count - 1 - index) * hourMs,
	}));

describe("a range of messages", () => {
	it("is what was unread, what is of a while, or so many", () => {
		const events = eventsOf(200);
		const context = { now, unreadFrom: "190" };
		const counts = (["unread", "day", "week", "hundred"] as const).map(
			(range) => selectRange(events, range, context).length,
		);
		expect(counts).toEqual([10, 25, 169, 100]);
		expect(reachesBack(events.slice(-10), "unread", context)).toBe(false);
		expect(reachesBack(events.slice(-11), "unread", context)).toBe(true);
		expect(reachesBack(events.slice(-25), "day", context)).toBe(false);
		expect(reachesBack(events.slice(-26), "day", context)).toBe(true);
		expect(reachesBack(events.slice(-99), "hundred", context)).toBe(false);
		expect(reachesBack([], "day", context)).toBe(false);
	});
});

describe("what is given to the assistant", () => {
	const reader = { ownUserId: "@ann:a", nameOf: (userId: string) => (userId === "@ann:a" ? "Ann" : "Ben") };

	it("is what the reader sees of messages, and nothing else of a room", () => {
		const [first, second, third, fourth, fifth] = eventsOf(5) as [
			WireEvent,
			WireEvent,
			WireEvent,
			WireEvent,
			WireEvent,
		];
		const picked = pickMessages(
			[
				first,
				{ ...second, type: "m.room.member", content: { membership: "join" } },
				{ ...third, redactedBy: "@ben:a", content: {} },
				{ ...fourth, eventId: "$not an id" },
				{ ...fifth, sender: "@ben:a", content: { msgtype: "m.image", url: "mxc://a/b", body: "cat.jpg" } },
			],
			reader,
		);
		expect(picked).toEqual([
			{
				senderId: "@ann:a",
				message: { eventId: "$e0", sender: "Ann", at: first.originServerTs, body: "message 0", isOwn: true },
			},
			{
				senderId: "@ben:a",
				message: { eventId: "$e4", sender: "Ben", at: now, body: "Photo", isOwn: false },
			},
		]);
	});

	it("is never more than a run may carry: the oldest stay out", () => {
		const long = pickMessages(eventsOf(2100), reader);
		expect(newestThatFit(long)).toHaveLength(2000);
		expect(newestThatFit(long).at(-1)?.message.eventId).toBe("$e2099");
		const wide = long.slice(0, 40).map((one) => ({ ...one, message: { ...one.message, body: "x".repeat(19_000) } }));
		const fitting = newestThatFit(wide);
		expect(fitting.reduce((sum, { message }) => sum + message.body.length, 0)).toBeLessThan(500_000);
		expect(fitting.at(-1)).toBe(wide.at(-1));
	});
});
