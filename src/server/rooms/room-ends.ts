/** A forward extremity of a room, and the state after it. */
export interface RoomEnd {
	readonly nid: number;
	readonly stateGroupId: number;
}

/** What an event does to the ends of its room. */
export interface EndsChange {
	readonly removed: readonly number[];
	readonly added: readonly RoomEnd[];
}

/** What is asked of all ends at once. */
export interface EndsSummary {
	readonly size: number;
	/** The distinct states after them. */
	readonly groupIds: readonly number[];
}

/**
 * The forward extremities of a room. Other servers can leave very many of them: whoever adds one to many looks at none of
 * the others.
 */
export class RoomEnds implements EndsSummary {
	readonly #groupOf = new Map<number, number>();
	/** How many ends have each of the states after them. */
	readonly #counts = new Map<number, number>();

	constructor(ends: Iterable<RoomEnd>) {
		this.change({ removed: [], added: [...ends] });
	}

	get size(): number {
		return this.#groupOf.size;
	}

	get groupIds(): readonly number[] {
		return [...this.#counts.keys()];
	}

	has(nid: number): boolean {
		return this.#groupOf.has(nid);
	}

	/** Whether this is the state after one of them. */
	hasGroup(groupId: number): boolean {
		return this.#counts.has(groupId);
	}

	nids(): Iterable<number> {
		return this.#groupOf.keys();
	}

	/** Of the ends, those that are named. */
	among(nids: Iterable<number>): readonly number[] {
		return [...new Set(nids)].filter((nid) => this.has(nid));
	}

	/** What they will be after a change that is yet to be made, and takes away nothing that is no end. */
	after({ removed, added }: EndsChange): EndsSummary {
		const counts = new Map(this.#counts);
		for (const nid of removed) count(counts, this.#groupOf.get(nid), -1);
		for (const { stateGroupId } of added) count(counts, stateGroupId, 1);
		return { size: this.size - removed.length + added.length, groupIds: [...counts.keys()] };
	}

	/** Makes a change; what is there already, or not there, is left as it is. */
	change({ removed, added }: EndsChange): void {
		for (const nid of removed) {
			count(this.#counts, this.#groupOf.get(nid), -1);
			this.#groupOf.delete(nid);
		}
		for (const { nid, stateGroupId } of added) {
			if (this.#groupOf.has(nid)) continue;
			this.#groupOf.set(nid, stateGroupId);
			count(this.#counts, stateGroupId, 1);
		}
	}
}

const count = (counts: Map<number, number>, groupId: number | undefined, by: 1 | -1): void => {
	if (groupId === undefined) return;
	const left = (counts.get(groupId) ?? 0) + by;
	if (left === 0) counts.delete(groupId);
	else counts.set(groupId, left);
};
