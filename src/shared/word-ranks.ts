/** The words of a text, in small letters. */
export const wordsOf = (text: string): readonly string[] => text.toLowerCase().match(/[\p{L}\p{N}_]{2,}/gu) ?? [];

/** Of BM25: how soon a word said often stops to count, and how much a long text weighs less. */
const saturation = 1.2;
const lengthShare = 0.75;

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
	const counted = texts.map((text) => {
		const counts = new Map<string, number>();
		const words = wordsIn(text);
		for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
		return { counts, length: words.length };
	});
	const meanLength = counted.reduce((sum, { length }) => sum + length, 0) / Math.max(1, counted.length);
	const weightOf = (word: string): number => {
		const having = counted.filter(({ counts }) => counts.has(word)).length;
		return Math.log(1 + (counted.length - having + 0.5) / (having + 0.5));
	};
	return (asked) => {
		const weights = [...new Set(asked)].map((word) => [word, weightOf(word)] as const);
		const scores = counted.map(({ counts, length }, index) => {
			const slow = saturation * (1 - lengthShare + (lengthShare * length) / Math.max(1, meanLength));
			const score = weights.reduce((sum, [word, weight]) => {
				const count = counts.get(word) ?? 0;
				return sum + (weight * count * (saturation + 1)) / (count + slow);
			}, 0);
			return { index, score };
		});
		return scores
			.filter(({ score }) => score > 0)
			.sort((one, other) => other.score - one.score || other.index - one.index);
	};
};
