import type { StateMapKey } from "../../../../federation/events/state-key.ts";
import { type PlacedState, type RowBatch, stateGroupLevel } from "../../rooms/public.ts";

/** A stored group, or one that this batch writes. */
export interface GroupPlace {
	readonly groupId: number;
	readonly height: number;
}

/** A state as a group and what is set otherwise; without a group it is all there is. */
export interface StateDelta {
	readonly base: GroupPlace | undefined;
	readonly changed: ReadonlyMap<StateMapKey, number>;
}

/**
 * The state as the smallest difference from one of the groups. A difference can set a key but not take it away, so a
 * group that has more keys is none to stand on.
 */
export const deltaFrom = (
	state: PlacedState,
	candidates: readonly (GroupPlace & { readonly state: PlacedState })[],
): StateDelta => {
	let best: StateDelta = { base: undefined, changed: nidsOf(state) };
	for (const { groupId, height, state: other } of candidates) {
		if ([...other.keys()].some((key) => !state.has(key))) continue;
		const changed = new Map<StateMapKey, number>();
		for (const [key, { nid }] of state) if (other.get(key)?.nid !== nid) changed.set(key, nid);
		if (best.base === undefined || changed.size < best.changed.size) best = { base: { groupId, height }, changed };
	}
	return best;
};

const nidsOf = (state: PlacedState): ReadonlyMap<StateMapKey, number> =>
	new Map([...state].map(([key, { nid }]) => [key, nid]));

/** Writes the group of a state, where it is not one already. */
export const writeGroup = (
	rows: RowBatch,
	{ base, changed }: StateDelta,
	{ id, roomNid }: { readonly id: number; readonly roomNid: number },
): GroupPlace => {
	if (base !== undefined && changed.size === 0) return base;
	const height = base === undefined ? 0 : base.height + 1;
	const level = stateGroupLevel(height);
	rows.stateGroups.push({ id, roomNid, previousId: base?.groupId, height, level, eventNids: [...changed.values()] });
	return { groupId: id, height };
};
