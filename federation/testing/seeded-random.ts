/** Repeatable chance for simulations: the same seed makes the same choices on every machine. */
export interface SeededRandom {
	/** An integer from 0 up to, but without, `below`. */
	int(below: number): number;
	/** True with the probability. */
	chance(probability: number): boolean;
	/** One of the list, which must not be empty. */
	pick<Item>(items: readonly Item[]): Item;
	/** The list in another order. */
	shuffled<Item>(items: readonly Item[]): readonly Item[];
}

/** A generator for the seed (mulberry32). */
export const seededRandom = (seed: number): SeededRandom => {
	let state = seed >>> 0;
	const next = (): number => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
	};
	const int = (below: number): number => Math.floor(next() * below);
	return {
		int,
		chance: (probability) => next() < probability,
		pick: (items) => {
			if (items.length === 0) throw new Error("nothing to pick from");
			return items[int(items.length)] as (typeof items)[number];
		},
		shuffled: (items) => {
			const list = [...items];
			for (let i = list.length - 1; i > 0; i--) {
				const j = int(i + 1);
				[list[i], list[j]] = [list[j] as (typeof items)[number], list[i] as (typeof items)[number]];
			}
			return list;
		},
	};
};
