/**
 * The events that are in some states' auth chains but not in all. A state's own events count as members of its chain:
 * read to the letter the specification leaves them out, but every deployed server counts them, and two servers that
 * differ here would hold different states. What all states share cancels out, so the cost follows the conflict.
 * Matrix v1.19, room version 2, "State resolution", "Auth difference".
 */
import type { EventId } from "../identifiers/identifier-types.ts";
import type { AuthChainIndex, ChainReach } from "./auth-chain-index.ts";
import type { SeparatedState } from "./separate-conflicted.ts";

/** The auth difference of separated states. */
export const authDifference = (state: SeparatedState, index: AuthChainIndex): ReadonlySet<EventId> => {
	const reaches = state.conflictedBySet.map((ids) => index.reach(ids));
	const disputed = disputedRanges(reaches);
	const difference = new Set<EventId>();
	if (disputed.length === 0) return difference;
	const shared = index.reach(state.unconflicted.values());
	for (const { chain, above, upTo } of disputed) {
		const from = Math.max(above, shared.get(chain) ?? 0);
		if (from >= upTo) continue;
		for (const eventId of index.eventsBetween(chain, from, upTo)) difference.add(eventId);
	}
	return difference;
};

interface ChainRange {
	readonly chain: number;
	readonly above: number;
	readonly upTo: number;
}

/** Per chain, what lies above the lowest and up to the highest reach. */
const disputedRanges = (reaches: readonly ChainReach[]): readonly ChainRange[] => {
	const highest = new Map<number, number>();
	for (const reach of reaches) {
		for (const [chain, sequence] of reach) {
			if (sequence > (highest.get(chain) ?? 0)) highest.set(chain, sequence);
		}
	}
	const ranges: ChainRange[] = [];
	for (const [chain, upTo] of highest) {
		const above = Math.min(...reaches.map((reach) => reach.get(chain) ?? 0));
		if (above < upTo) ranges.push({ chain, above, upTo });
	}
	return ranges;
};
