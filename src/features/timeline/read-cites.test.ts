import { describe, expect, it } from "vitest";
import { readCites } from "./read-cites.ts";

describe("what a message says that it rests on", () => {
	it("is numbered in its order, the same message by the same number", () => {
		const read = readCites([
			{ line: 1, event_ids: ["$b", "$a", "$b"] },
			{ line: 3, event_ids: ["$a", "$c"] },
		]);
		expect([...read]).toEqual([
			[
				1,
				[
					{ eventId: "$b", number: 1 },
					{ eventId: "$a", number: 2 },
				],
			],
			[
				3,
				[
					{ eventId: "$a", number: 2 },
					{ eventId: "$c", number: 3 },
				],
			],
		]);
	});

	it.each([
		["nothing", undefined],
		["no list", { line: 0, event_ids: ["$a"] }],
		["an address in the place of a message", [{ line: 0, event_ids: ["https://evil.example/?q=1"] }]],
		["another room", [{ line: 0, event_ids: ["!other:kith.example"] }]],
		["no messages", [{ line: 0, event_ids: [] }]],
		["too many messages", [{ line: 0, event_ids: Array.from({ length: 9 }, (_, index) => `$${index}`) }]],
		["too many lines", Array.from({ length: 21 }, (_, line) => ({ line, event_ids: ["$a"] }))],
		["a line that is none", [{ line: "0", event_ids: ["$a"] }]],
		["nothing in a list", [null]],
		["a line before the first", [{ line: -1, event_ids: ["$a"] }]],
		["an id without end", [{ line: 0, event_ids: [`$${"a".repeat(300)}`] }]],
	])("is nothing where it is %s", (_, written) => {
		expect(readCites(written).size).toBe(0);
	});
});
