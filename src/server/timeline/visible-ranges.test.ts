import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mayReadEvent } from "./visibility.ts";
import {
	clipRanges,
	everything,
	isWithin,
	membershipAt,
	type VisibilityMark,
	visibleRanges,
} from "./visible-ranges.ts";

const me = "@me:kith.example";
const memberships = ["invite", "join", "leave", "ban", "knock"];
const visibilities = ["world_readable", "shared", "invited", "joined"];

interface HistoryEvent {
	readonly type: "m.room.member" | "m.room.history_visibility" | "m.room.message";
	readonly who: string;
	readonly value: string;
}

/** The specification's five rules and its two exceptions, word by word, over the whole history. */
const specAllows = (history: readonly HistoryEvent[], index: number): boolean => {
	const stateAt = (count: number) => {
		let visibility: string | undefined;
		let membership: string | undefined;
		for (const event of history.slice(0, count)) {
			if (event.type === "m.room.history_visibility") visibility = event.value;
			if (event.type === "m.room.member" && event.who === me) membership = event.value;
		}
		// "By default if no history_visibility is set, or if the value is not understood, the visibility is assumed to be shared."
		return { visibility: visibilities.includes(visibility ?? "") ? visibility : "shared", membership };
	};
	const rules = (visibility: string | undefined, membership: string | undefined): boolean => {
		// 1. If the history_visibility was set to world_readable, allow.
		if (visibility === "world_readable") return true;
		// 2. If the user's membership was join, allow.
		if (membership === "join") return true;
		// 3. If history_visibility was set to shared, and the user joined the room at any point after the event was sent, allow.
		const later = history.slice(index + 1);
		const joined = later.some((event) => event.type === "m.room.member" && event.who === me && event.value === "join");
		if (visibility === "shared" && joined) return true;
		// 4. If the user's membership was invite, and the history_visibility was set to invited, allow.
		return membership === "invite" && visibility === "invited";
	};
	const event = history[index];
	const before = stateAt(index);
	const after = stateAt(index + 1);
	// "For m.room.history_visibility events themselves … if the history_visibility before or after the event would allow"
	if (event?.type === "m.room.history_visibility") {
		return rules(before.visibility, before.membership) || rules(after.visibility, before.membership);
	}
	// "Likewise, for the user's own m.room.member events … if their membership before or after the event would allow"
	if (event?.type === "m.room.member" && event.who === me) {
		return rules(before.visibility, before.membership) || rules(before.visibility, after.membership);
	}
	return rules(before.visibility, before.membership);
};

const historyEvent: fc.Arbitrary<HistoryEvent> = fc.oneof(
	fc.record({
		type: fc.constant("m.room.member" as const),
		who: fc.constantFrom(me, "@other:kith.example"),
		value: fc.constantFrom(...memberships),
	}),
	fc.record({
		type: fc.constant("m.room.history_visibility" as const),
		who: fc.constant(""),
		value: fc.constantFrom(...visibilities, "nonsense"),
	}),
	fc.record({ type: fc.constant("m.room.message" as const), who: fc.constant(""), value: fc.constant("") }),
);

/** Positions of one room have gaps: other rooms share the stream. */
const placed = fc.array(fc.tuple(historyEvent, fc.integer({ min: 1, max: 3 })), { maxLength: 25 }).map((steps) => {
	let position = 0;
	return steps.map(([event, step]) => {
		position += step;
		return { event, position };
	});
});

const marksOf = (history: readonly { event: HistoryEvent; position: number }[]): VisibilityMark[] =>
	history.flatMap(({ event, position }): VisibilityMark[] => {
		if (event.type === "m.room.history_visibility") return [{ position, kind: "visibility", value: event.value }];
		if (event.type === "m.room.member" && event.who === me) {
			return [{ position, kind: "membership", value: event.value }];
		}
		return [];
	});

describe("visible ranges", () => {
	it("allow exactly what the specification's rules allow", () => {
		fc.assert(
			fc.property(placed, (history) => {
				const ranges = visibleRanges(marksOf(history));
				const events = history.map(({ event }) => event);
				const seen = history.map(({ position }) => isWithin(ranges, position));
				expect(seen).toEqual(events.map((_event, index) => specAllows(events, index)));
			}),
			{ numRuns: 2000 },
		);
	});

	it("are ascending, apart from each other and no more than marks + 1", () => {
		fc.assert(
			fc.property(placed, (history) => {
				const marks = marksOf(history);
				const ranges = visibleRanges(marks);
				expect(ranges.length).toBeLessThanOrEqual(marks.length + 1);
				for (const [index, range] of ranges.entries()) {
					expect(range.low).toBeLessThanOrEqual(range.high);
					const next = ranges[index + 1];
					if (next !== undefined) expect(next.low).toBeGreaterThan(range.high + 1);
				}
			}),
		);
	});

	it("end with the own leave, and begin again with a later join under joined", () => {
		const marks: VisibilityMark[] = [
			{ position: 1, kind: "visibility", value: "joined" },
			{ position: 5, kind: "membership", value: "join" },
			{ position: 9, kind: "membership", value: "leave" },
			{ position: 20, kind: "membership", value: "join" },
		];
		expect(visibleRanges(marks)).toEqual([
			// Before the first setting the default is shared, and the reader joined later.
			{ low: everything.low, high: 1 },
			{ low: 5, high: 9 },
			{ low: 20, high: everything.high },
		]);
	});

	it("are clipped to what lies between two positions", () => {
		const ranges = [
			{ low: 1, high: 5 },
			{ low: 8, high: 20 },
		];
		expect(clipRanges(ranges, { low: 5, high: 9 })).toEqual([
			{ low: 5, high: 5 },
			{ low: 8, high: 9 },
		]);
		expect(clipRanges(ranges, { low: 6, high: 7 })).toEqual([]);
	});
});

describe("membershipAt", () => {
	it("is what the newest own member event up to the position says", () => {
		const marks: VisibilityMark[] = [
			{ position: 3, kind: "membership", value: "invite" },
			{ position: 4, kind: "visibility", value: "joined" },
			{ position: 6, kind: "membership", value: "join" },
		];
		expect([2, 3, 5, 6].map((position) => membershipAt(marks, position))).toEqual([
			"leave",
			"invite",
			"invite",
			"join",
		]);
	});
});

describe("mayReadEvent", () => {
	it("does not let a banned or a knocking person read what is shared", () => {
		for (const membership of ["ban", "knock", "leave"]) {
			const standing = { visibility: "shared", membership };
			expect(mayReadEvent({ before: standing, after: standing, joinsLater: false })).toBe(false);
		}
	});
});
