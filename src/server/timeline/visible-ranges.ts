import { defaultVisibility, mayReadEvent, type Standing, visibilityOf } from "./visibility.ts";

/** A point of a room's stream from which on the setting or the reader's membership is another. */
export interface VisibilityMark {
	readonly position: number;
	readonly kind: "visibility" | "membership";
	readonly value: string;
}

/** Stream positions from `low` to `high`, both included. */
export interface PositionRange {
	readonly low: number;
	readonly high: number;
}

/** Every position there can be. */
export const everything: PositionRange = Object.freeze({
	low: Number.MIN_SAFE_INTEGER,
	high: Number.MAX_SAFE_INTEGER,
});

/**
 * The positions of a room that a reader may see, ascending and with gaps between them. `marks` are all visibility events
 * of the room and all member events of the reader, in stream order; between two of them nothing changes, so a room with
 * any number of events has at most one range more than marks.
 */
export const visibleRanges = (marks: readonly VisibilityMark[]): readonly PositionRange[] => {
	const ranges: PositionRange[] = [];
	const lastJoin = marks.findLast((mark) => mark.kind === "membership" && mark.value === "join")?.position;
	const joinsAfter = (position: number): boolean => lastJoin !== undefined && lastJoin > position;
	let before: Standing = { visibility: defaultVisibility, membership: "leave" };
	let low = everything.low;
	for (const mark of marks) {
		const between = mayReadEvent({ before, after: before, joinsLater: joinsAfter(mark.position - 1) });
		if (between) add(ranges, { low, high: mark.position - 1 });
		const after = passMark(before, mark);
		const at = mark.position;
		if (mayReadEvent({ before, after, joinsLater: joinsAfter(at) })) add(ranges, { low: at, high: at });
		before = after;
		low = mark.position + 1;
	}
	if (mayReadEvent({ before, after: before, joinsLater: false })) add(ranges, { low, high: everything.high });
	return ranges;
};

const passMark = (before: Standing, mark: VisibilityMark): Standing =>
	mark.kind === "visibility"
		? { ...before, visibility: visibilityOf(mark.value) }
		: { ...before, membership: mark.value };

const add = (ranges: PositionRange[], range: PositionRange): void => {
	if (range.low > range.high) return;
	const last = ranges.at(-1);
	if (last !== undefined && last.high === range.low - 1)
		ranges[ranges.length - 1] = { low: last.low, high: range.high };
	else ranges.push(range);
};

/** What of the ranges lies between two positions, both included. */
export const clipRanges = (ranges: readonly PositionRange[], to: PositionRange): readonly PositionRange[] =>
	ranges
		.map(({ low, high }) => ({ low: Math.max(low, to.low), high: Math.min(high, to.high) }))
		.filter(({ low, high }) => low <= high);

/** Whether a position lies in one of the ranges. */
export const isWithin = (ranges: readonly PositionRange[], position: number): boolean =>
	ranges.some(({ low, high }) => low <= position && position <= high);

/** The reader's membership at a position, by the marks up to it. */
export const membershipAt = (marks: readonly VisibilityMark[], position: number): string =>
	marks.findLast((mark) => mark.kind === "membership" && mark.position <= position)?.value ?? "leave";
