import { describe, expect, it } from "vitest";
import { roomVersions } from "../room-versions/room-versions.ts";
import { testEvent, testEventId } from "../testing/event-factory.ts";
import { inGraphOrder } from "./in-graph-order.ts";

/** Events by name: their depth as they claim it, and whom they name. */
const orderOf = (events: Readonly<Record<string, readonly [depth: number, ...before: readonly string[]]>>) => {
	const made = Object.entries(events).map(([name, [depth, ...before]]) =>
		testEvent(
			{ name, type: "m.room.message", sender: "@a:one.example", depth, prevEvents: before.map(testEventId) },
			roomVersions["11"],
		),
	);
	const names = new Map(Object.keys(events).map((name) => [testEventId(name), name]));
	return inGraphOrder(new Map(made.map((event) => [event.eventId, event]))).map(({ eventId }) => names.get(eventId));
};

describe("the order of a part of the graph", () => {
	it("has each event once and after those that it names, whatever order they came in", () => {
		expect(orderOf({ d: [4, "b", "c"], c: [3, "a"], b: [2, "a"], a: [1, "elsewhere"] })).toEqual(["a", "b", "c", "d"]);
	});

	it("believes the names and not the depths, which anybody may invent", () => {
		expect(orderOf({ c: [1, "b"], b: [7, "a"], a: [9] })).toEqual(["a", "b", "c"]);
	});

	it("goes along a line of any length", () => {
		const line = Array.from(
			{ length: 5_000 },
			(_, at) => [`e${at}`, [1, ...(at === 0 ? [] : [`e${at - 1}`])]] as const,
		);
		const names = line.map(([name]) => name);
		expect(orderOf(Object.fromEntries(line.toReversed().map(([name, event]) => [name, event as [number]])))).toEqual(
			names,
		);
	});
});
