import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bytesOf, createVectorIndex } from "./vector-index.ts";

const width = 24;
const vector = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: width, maxLength: width });
const isSomething = (one: readonly number[]): boolean => one.some((value) => Math.abs(value) > 0.01);
const cosine = (one: readonly number[], other: readonly number[]): number => {
	const dot = one.reduce((sum, value, at) => sum + value * (other[at] ?? 0), 0);
	const length = (all: readonly number[]): number => Math.sqrt(all.reduce((sum, value) => sum + value * value, 0));
	return dot / (length(one) * length(other));
};

describe("vectors in bytes", () => {
	it("point where they did, as far as ranking looks at it", () => {
		fc.assert(
			fc.property(vector.filter(isSomething), vector.filter(isSomething), (one, other) => {
				const index = createVectorIndex();
				index.add("!r", [{ id: "$1", vector: bytesOf(one) }]);
				const near = index.nearness(bytesOf(other), ["$1", "$2"]);
				expect([...near.keys()]).toEqual(["$1"]);
				expect(near.get("$1")).toBeCloseTo(cosine(one, other), 1);
			}),
		);
	});

	it("are found the nearest first, of the groups that are asked for, however many there are", () => {
		fc.assert(
			fc.property(fc.array(vector, { maxLength: 400 }), vector.filter(isSomething), (all, asked) => {
				const index = createVectorIndex();
				for (const [at, one] of all.entries()) index.add(`!${at % 3}`, [{ id: `$${at}`, vector: bytesOf(one) }]);
				expect(index.size).toBe(all.length);
				const hits = index.nearest(bytesOf(asked), { groups: new Set(["!0", "!2"]), most: 10 });
				expect(hits.length).toBeLessThanOrEqual(10);
				expect(hits.every(({ group }) => group !== "!1")).toBe(true);
				const scores = hits.map(({ score }) => score);
				expect(scores).toEqual(scores.toSorted((one, other) => other - one));
				const near = index.nearness(
					bytesOf(asked),
					all.map((_, at) => `$${at}`),
				);
				const better = [...near].filter(([id, score]) => score > (scores.at(-1) ?? 2) && Number(id.slice(1)) % 3 !== 1);
				for (const [id] of better) expect(hits.map((hit) => hit.id)).toContain(id);
			}),
			{ numRuns: 40 },
		);
	});

	it("are replaced, and left out where another model made them", () => {
		const index = createVectorIndex();
		index.add("!r", [{ id: "$1", vector: Int8Array.of(1, 0) }]);
		index.add("!r", [{ id: "$2", vector: Int8Array.of(1, 0, 0) }]);
		index.add("!r", [{ id: "$1", vector: Int8Array.of(0, 5) }]);
		expect([...index.nearness(Int8Array.of(0, 1), ["$1", "$2"])]).toEqual([["$1", 1]]);
		expect(index.nearest(Int8Array.of(0, 1, 0), { most: 5 })).toEqual([]);
		expect(index.nearest(Int8Array.of(0, 0), { most: 5 })).toEqual([]);
		expect(bytesOf([0, 0])).toEqual(Int8Array.of(0, 0));
	});
});

describe("many vectors", () => {
	it("give the nearest to a question without each being looked at", () => {
		let seed = 11;
		const random = (): number => {
			seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
			return seed / 2 ** 32 - 0.5;
		};
		const one = (near?: readonly number[]): number[] =>
			Array.from({ length: 384 }, (_, at) => (near === undefined ? random() : (near[at] ?? 0) + random() * 0.8));
		const index = createVectorIndex();
		const asked = one();
		for (let at = 0; at < 6_000; at += 1) {
			index.add(`!${at % 7}`, [{ id: `$${at}`, vector: bytesOf(at % 500 === 0 ? one(asked) : one()) }]);
		}
		const hits = index.nearest(bytesOf(asked), { most: 20 });
		expect(hits).toHaveLength(20);
		expect(new Set(hits.slice(0, 12).map(({ id }) => Number(id.slice(1)) % 500))).toEqual(new Set([0]));
		const few = index.nearest(bytesOf(asked), { groups: new Set(["!0"]), most: 20 });
		expect(few.every(({ group }) => group === "!0")).toBe(true);
	});
});
