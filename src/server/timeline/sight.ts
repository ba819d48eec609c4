import type { UserId } from "../../../federation/identifiers/identifier-types.ts";
import { groupBy } from "../../shared/group-by.ts";
import type { RoomRange, TimelineStore } from "./ports.ts";
import { clipRanges, everything, type PositionRange, type VisibilityMark, visibleRanges } from "./visible-ranges.ts";

/** What one person may see of one room. */
export interface Sight {
	/** Ascending, with gaps between them. */
	readonly ranges: readonly PositionRange[];
	/** Empty where they were not needed: everything is visible. */
	readonly marks: readonly VisibilityMark[];
}

export type Sights = (viewerId: UserId, roomNid: number) => Sight;

interface SightQuestion {
	readonly viewerId: UserId;
	readonly roomNid: number;
	readonly hasBounds: boolean;
}

const unbounded: Sight = Object.freeze({ ranges: [everything], marks: [] });

/** The sight of each pair of person and room, with one statement for all that have bounds. */
export const loadSights = async (store: TimelineStore, questions: readonly SightQuestion[]): Promise<Sights> => {
	const bounded = questions.filter((question) => question.hasBounds);
	const marks = groupBy(bounded.length === 0 ? [] : await store.readMarks(bounded), pairKey);
	const sights = new Map<string, Sight>();
	for (const question of bounded) {
		const own = marks.get(pairKey(question)) ?? [];
		sights.set(pairKey(question), { marks: own, ranges: visibleRanges(own) });
	}
	return (viewerId, roomNid) => sights.get(pairKey({ viewerId, roomNid })) ?? unbounded;
};

const pairKey = (pair: { readonly viewerId: UserId; readonly roomNid: number }): string =>
	`${pair.roomNid} ${pair.viewerId}`;

/** The sight's ranges between two positions, as ranges of the room. */
export const roomRanges = (sight: Sight, roomNid: number, span: PositionRange = everything): readonly RoomRange[] =>
	clipRanges(sight.ranges, span).map((range) => ({ ...range, roomNid }));
