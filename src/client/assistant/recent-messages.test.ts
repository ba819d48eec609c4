import { describe, expect, it } from "vitest";
import type { PickedMessage } from "./pick-messages.ts";
import { windowOf } from "./recent-messages.ts";

const chat = (count: number): PickedMessage[] =>
	Array.from({ length: count }, (_, index) => ({
		senderId: "@ann:a",
		message: { eventId: `$e${index}`, sender: "Ann", at: index, body: `message ${index}`, isOwn: false },
	}));

const firstOf = (count: number, anchor: number) => {
	const { messages, windowOffset } = windowOf(chat(count), anchor);
	return [messages[0]?.message.eventId, messages.length, windowOffset];
};

describe("the newest messages of a chat", () => {
	it("begin at the same one until a whole step has come", () => {
		expect(firstOf(5, 0)).toEqual(["$e0", 5, 0]);
		expect([20, 39, 40, 59, 60].map((count) => firstOf(count, 0)[0])).toEqual(["$e0", "$e0", "$e20", "$e20", "$e40"]);
		// Older ones were read meanwhile: the anchor is no longer the first.
		expect(firstOf(109, 50)).toEqual(["$e70", 39, 0]);
		expect(firstOf(60, 50)).toEqual(["$e30", 30, 0]);
		expect(firstOf(15, 5)).toEqual(["$e0", 15, 15]);
		expect(firstOf(0, 0)).toEqual([undefined, 0, 0]);
	});
});
