import { fuseRanks } from "../../shared/fuse-ranks.ts";
import type { IndexedText } from "../../shared/word-index.ts";
import { createWordRanks, type RankedText } from "../../shared/word-ranks.ts";
import { beginningsIn } from "../search/word-beginnings.ts";

/** What answers stands beside what asks: a message has so much of what the one so many steps before it shares with the question. */
const shares = [
	{ step: 0, share: 1 },
	{ step: 1, share: 0.6 },
	{ step: -1, share: 0.4 },
	{ step: 2, share: 0.3 },
	{ step: -2, share: 0.2 },
	{ step: 3, share: 0.15 },
] as const;

/**
 * All messages of a chat that share a word with a question or stand beside one that does, or mean something like it: the best
 * first, of equals the later one.
 * @param texts in the order in which they were written
 * @param nearness by id, how near each is to the question; of some, or of none
 */
export const rankMessages = (
	words: readonly string[],
	texts: readonly IndexedText[],
	nearness: ReadonlyMap<string, number>,
): readonly RankedText[] => {
	const rank = createWordRanks(
		texts.map(({ text }) => text),
		beginningsIn,
	);
	const byWords = new Map<number, number>();
	for (const { index, score } of rank(words)) {
		for (const { step, share } of shares) {
			const near = index + step;
			if (near in texts) byWords.set(near, (byWords.get(near) ?? 0) + score * share);
		}
	}
	return [...withMeaning(byWords, texts, nearness)]
		.map(([index, score]) => ({ index, score }))
		.sort((one, other) => other.score - one.score || other.index - one.index);
};

const withMeaning = (
	byWords: ReadonlyMap<number, number>,
	texts: readonly IndexedText[],
	nearness: ReadonlyMap<string, number>,
): ReadonlyMap<number, number> => {
	if (nearness.size === 0) return byWords;
	const byMeaning = texts.flatMap(({ id }, index) => {
		const near = nearness.get(id);
		return near === undefined ? [] : [[index, near] as const];
	});
	return fuseRanks(byWords, new Map(byMeaning));
};
