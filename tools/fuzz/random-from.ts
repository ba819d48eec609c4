/** A whole number from 0 to below the bound. */
export type Random = (bound: number) => number;

/** A small generator (mulberry32) whose stream depends on the seed and the case's number only. */
export const randomFrom = (seed: number, index: number): Random => {
	let state = (Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(index + 1, 0xc2b2ae35)) >>> 0;
	return (bound) => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
	};
};
