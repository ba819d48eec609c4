import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createWordIndex, wordsOf } from "./word-index.ts";

/** The same sum, text by text. */
const bm25 = (texts: readonly string[], asked: readonly string[]): readonly number[] => {
	const all = texts.map((text) => wordsOf(text));
	const mean = Math.max(1, all.reduce((sum, { length }) => sum + length, 0) / Math.max(1, all.length));
	return all.map((own) =>
		[...new Set(asked)].reduce((sum, word) => {
			const having = all.filter((other) => other.includes(word)).length;
			const weight = Math.log(1 + (all.length - having + 0.5) / (having + 0.5));
			const count = own.filter((one) => one === word).length;
			return sum + (weight * count * 2.2) / (count + 1.2 * (0.25 + (0.75 * own.length) / mean));
		}, 0),
	);
};
const words = fc.constantFrom("ferry", "cake", "the", "key", "shed", "Ferry,", "é", "nine");
const texts = fc.array(
	fc.array(words, { maxLength: 8 }).map((one) => one.join(" ")),
	{ maxLength: 25 },
);

describe("an index of words", () => {
	it("scores as BM25 does, the best first, of equals the later one", () => {
		fc.assert(
			fc.property(texts, fc.array(words, { maxLength: 4 }), (all, asked) => {
				const index = createWordIndex();
				index.add(
					"a",
					all.map((text, place) => ({ id: String(place), text })),
				);
				const question = wordsOf(asked.join(" "));
				const scores = bm25(all, question);
				const expected = scores
					.map((score, place) => ({ score, place }))
					.filter(({ score }) => score > 0)
					.sort((one, other) => other.score - one.score || other.place - one.place);
				const found = index.find(question, { most: 100 });
				expect(found.map(({ score }) => score.toFixed(9))).toEqual(expected.map(({ score }) => score.toFixed(9)));
				expect(new Set(found.map(({ id }) => Number(id)))).toEqual(new Set(expected.map(({ place }) => place)));
			}),
		);
	});

	it("knows a text once, however often it comes, and only as it is now", () => {
		const index = createWordIndex();
		const plan = { id: "$1", text: "the ferry leaves at nine" };
		for (let time = 0; time < 3; time += 1) index.add("!a", [plan]);
		expect(index.size).toBe(1);
		const once = index.find(["ferry"], { most: 9 });
		index.add("!a", [{ id: "$1", text: "the train leaves at nine" }]);
		expect(index.size).toBe(1);
		expect(index.find(["ferry"], { most: 9 })).toEqual([]);
		expect(index.find(["train"], { most: 9 }).map(({ id }) => id)).toEqual(["$1"]);
		expect(once).toMatchObject([{ group: "!a", id: "$1" }]);
	});

	it("looks in the groups that are asked for, and gives no more than is wanted", () => {
		const index = createWordIndex();
		for (const group of ["!a", "!b", "!c"]) {
			index.add(
				group,
				Array.from({ length: 5 }, (_, place) => ({ id: `${group}${place}`, text: "the key" })),
			);
		}
		const found = index.find(["key"], { groups: new Set(["!b"]), most: 3 });
		expect(found.map(({ id }) => id)).toEqual(["!b4", "!b3", "!b2"]);
		expect(index.find([], { most: 3 })).toEqual([]);
	});
});
