import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fuseRanks } from "./fuse-ranks.ts";

const scores = fc.dictionary(fc.constantFrom(..."abcdefghij"), fc.integer({ min: 1, max: 1000 }));
const nearness = fc.dictionary(fc.constantFrom(..."abcdefghij"), fc.double({ min: -1, max: 1, noNaN: true }));
const mapOf = (all: Readonly<Record<string, number>>) => new Map(Object.entries(all));
const orderOf = (all: ReadonlyMap<string, number>) =>
	[...all].sort(([one, first], [other, second]) => second - first || one.localeCompare(other)).map(([key]) => key);

describe("two ways of finding", () => {
	it("leave the order of words as it is where nothing is known of the meaning", () => {
		fc.assert(
			fc.property(scores, (words) => {
				expect(orderOf(fuseRanks(mapOf(words), new Map()))).toEqual(orderOf(mapOf(words)));
			}),
		);
	});

	it("never put one behind another that is worse in both, and find what either finds", () => {
		fc.assert(
			fc.property(scores, nearness, (words, meaning) => {
				const fused = fuseRanks(mapOf(words), mapOf(meaning));
				const found = new Set([
					...Object.keys(words),
					...Object.keys(meaning).filter((key) => (meaning[key] ?? 0) > 0),
				]);
				expect(new Set(fused.keys())).toEqual(found);
				for (const one of found) {
					for (const other of found) {
						const isBetter = (all: Readonly<Record<string, number>>): boolean =>
							Math.max(0, all[one] ?? 0) >= Math.max(0, all[other] ?? 0);
						if (isBetter(words) && isBetter(meaning)) {
							expect(fused.get(one) ?? 0).toBeGreaterThanOrEqual(fused.get(other) ?? 0);
						}
					}
				}
			}),
		);
	});

	it("look at no model's own scale", () => {
		const words = mapOf({ a: 8, b: 4 });
		const near = mapOf({ b: 0.9, c: 0.6, d: -0.5 });
		const half = new Map([...near].map(([key, value]) => [key, value / 2]));
		expect(fuseRanks(words, half)).toEqual(fuseRanks(words, near));
		expect(orderOf(fuseRanks(words, near))).toEqual(["a", "b", "c"]);
	});
});
