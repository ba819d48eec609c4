import { describe, expect, it } from "vitest";
import type { WireEvent } from "../../shared/wire/event.ts";
import { windowAfter, withNewerPage, withOlderPage, withWindow } from "./history-window.ts";
import { emptyRoom, emptyTimeline, type RoomState } from "./room-state.ts";
import { trimTimeline } from "./trim-timeline.ts";

const message = (position: number, extra: Partial<WireEvent> = {}): WireEvent => ({
	eventId: `$${position}`,
	type: "m.room.message",
	sender: "@lotte:a",
	content: { body: `${position}` },
	originServerTs: position,
	position: `${position}`,
	...extra,
});

const run = (from: number, to: number): WireEvent[] =>
	Array.from({ length: to - from + 1 }, (_, index) => message(from + index));

const live: RoomState = {
	...emptyRoom("!r"),
	timeline: { ...emptyTimeline, events: run(90, 100), olderCursor: "90" },
};
const around = { items: run(40, 50), olderCursor: "40", newerCursor: "50", asOf: "100" };
const positions = (events: readonly WireEvent[] | undefined) => events?.map((event) => Number(event.position));

describe("withWindow", () => {
	it("stands beside the newest events while there is a gap, and becomes one run with them when it is closed", () => {
		const opened = withWindow(live, around);
		expect(positions(opened.history?.timeline.events)).toEqual(positions(run(40, 50)));
		expect(opened.timeline).toBe(live.timeline);
		const nearer = withNewerPage(opened, { items: run(51, 80), nextCursor: "80", asOf: "100" });
		expect(nearer.history?.newerCursor).toBe("80");
		const older = withOlderPage(nearer, { items: run(1, 39), asOf: "100" });
		const joined = withNewerPage(older, { items: run(81, 95), nextCursor: "95", asOf: "100" });
		expect(joined.history).toBeUndefined();
		expect(positions(joined.timeline.events)).toEqual(positions(run(1, 100)));
		expect(joined.timeline.isComplete).toBe(true);
	});

	it("is no window where it touches the newest events from the start", () => {
		const opened = withWindow(live, { ...around, items: run(80, 92), olderCursor: "80", newerCursor: "92" });
		expect(opened.history).toBeUndefined();
		expect(positions(opened.timeline.events)).toEqual(positions(run(80, 100)));
		expect(opened.timeline.olderCursor).toBe("80");
	});
});

describe("windowAfter", () => {
	const { history } = withWindow(live, around);
	const edit = message(101, {
		content: { body: "* new", "m.new_content": { body: "new" } },
		relatesTo: { eventId: "$45", kind: "edit" },
	});

	it("takes in what the stream says of the messages in it", () => {
		const after = windowAfter(history, { events: [edit], isLimited: false }, "@me:a");
		expect(after?.timeline.events.find((event) => event.eventId === "$45")?.content["body"]).toBe("new");
		expect(positions(after?.timeline.events)).toEqual(positions(run(40, 50)));
	});

	it("is gone after a gap in the stream, in which anything may have changed", () => {
		expect(windowAfter(history, { events: [edit], isLimited: true }, "@me:a")).toBeUndefined();
	});
});

describe("trimTimeline", () => {
	it("keeps the newest events and goes on from behind them", () => {
		const whole = { ...live.timeline, isComplete: true, foldedTo: new Map([["$90", "100"]]) };
		const trimmed = trimTimeline(whole, 4);
		expect(positions(trimmed.events)).toEqual([97, 98, 99, 100]);
		expect(trimmed).toMatchObject({ olderCursor: "97", isComplete: false });
		expect(trimmed.foldedTo.size).toBe(0);
		expect(trimTimeline(whole, 11)).toBe(whole);
	});
});
