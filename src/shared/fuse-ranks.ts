/** So much counts what lies nearest to a question by its meaning, against what shares most words with it. */
const meaningShare = 0.4;

/**
 * Puts two ways of finding together: each by its own best one, so that what models and languages differ in cancels out.
 * @param byWords scores above 0
 * @param byMeaning from -1 to 1; what turns away from the question counts nothing
 */
export const fuseRanks = <Key>(
	byWords: ReadonlyMap<Key, number>,
	byMeaning: ReadonlyMap<Key, number>,
): ReadonlyMap<Key, number> => {
	const fused = new Map<Key, number>();
	const add = (scores: ReadonlyMap<Key, number>, share: number): void => {
		let best = 0;
		for (const score of scores.values()) best = Math.max(best, score);
		if (best === 0) return;
		for (const [key, score] of scores) {
			if (score > 0) fused.set(key, (fused.get(key) ?? 0) + (share * score) / best);
		}
	};
	add(byWords, 1);
	add(byMeaning, meaningShare);
	return fused;
};
