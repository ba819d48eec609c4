/** How the forward extremities of a room change: a room may have very many, of which a batch moves a few. */
export interface EndsRows {
	readonly removed: Set<number>;
	readonly added: Set<number>;
}

/** Notes what an event, or a plan, does to a room's ends, after what is noted already. */
export const noteEnds = (
	ends: Map<number, EndsRows>,
	roomNid: number,
	change: { readonly removed: Iterable<number>; readonly added: Iterable<number> },
): void => {
	const known = ends.get(roomNid) ?? { removed: new Set(), added: new Set() };
	ends.set(roomNid, known);
	for (const nid of change.removed) {
		// An end of this very batch is never written.
		if (!known.added.delete(nid)) known.removed.add(nid);
	}
	for (const nid of change.added) {
		if (!known.removed.delete(nid)) known.added.add(nid);
	}
};
