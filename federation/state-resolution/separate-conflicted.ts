/**
 * First step of state resolution: what all states agree on, and what not. A key that one state lacks is conflicted.
 * Matrix v1.19, room version 2, "State resolution", "Unconflicted state map and conflicted state set".
 */
import type { StateMap, StateMapKey } from "../events/state-key.ts";
import type { EventId } from "../identifiers/identifier-types.ts";

/** The states, divided. */
export interface SeparatedState {
	/** The pairs that are in every state. */
	readonly unconflicted: StateMap;
	/** For each state, in the order given, its events that are not in every state. */
	readonly conflictedBySet: readonly ReadonlySet<EventId>[];
	/** The union of the above. */
	readonly conflicted: ReadonlySet<EventId>;
}

/** Divides states by what they agree on. The unconflicted map is a new one. */
export const separateConflicted = (stateSets: readonly StateMap[]): SeparatedState => {
	const [first, ...others] = stateSets;
	const unconflicted = new Map<StateMapKey, EventId>();
	for (const [key, eventId] of first ?? []) {
		if (others.every((other) => other.get(key) === eventId)) unconflicted.set(key, eventId);
	}
	const conflictedBySet = stateSets.map((stateSet) => conflictedOf(stateSet, unconflicted));
	return { unconflicted, conflictedBySet, conflicted: new Set(conflictedBySet.flatMap((ids) => [...ids])) };
};

const conflictedOf = (stateSet: StateMap, unconflicted: StateMap): ReadonlySet<EventId> => {
	const conflicted = new Set<EventId>();
	// Equal size: the state holds nothing but what is unconflicted, because every unconflicted pair is in it.
	if (stateSet.size === unconflicted.size) return conflicted;
	for (const [key, eventId] of stateSet) if (!unconflicted.has(key)) conflicted.add(eventId);
	return conflicted;
};
