import { createWordIndex, wordsOf } from "./word-index.ts";

/** A text that shares a word with the question. */
export interface RankedText {
	readonly index: number;
	/** Above 0; of one question, to be compared with each other. */
	readonly score: number;
}

/** Ranks texts by the words of a question that they have: the best first, of equals the later one. */
export const createWordRanks = (
	texts: readonly string[],
	wordsIn: (text: string) => readonly string[] = wordsOf,
): ((words: readonly string[]) => readonly RankedText[]) => {
	const index = createWordIndex(wordsIn);
	index.add(
		"",
		texts.map((text, place) => ({ id: String(place), text })),
	);
	return (words) => index.find(words, { most: texts.length }).map(({ id, score }) => ({ index: Number(id), score }));
};
