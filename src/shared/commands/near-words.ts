/** How many letters have to be added, taken away, changed or swapped with their neighbour to make one text of another. */
export const wordDistance = (one: string, other: string): number => {
	let beforeLast: number[] = [];
	let last = Array.from({ length: other.length + 1 }, (_, index) => index);
	for (let row = 1; row <= one.length; row += 1) {
		const next = [row];
		for (let column = 1; column <= other.length; column += 1) {
			const isSame = one[row - 1] === other[column - 1];
			const isSwap = row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
			const steps = [
				(last[column] ?? 0) + 1,
				(next[column - 1] ?? 0) + 1,
				(last[column - 1] ?? 0) + (isSame ? 0 : 1),
				...(isSwap ? [(beforeLast[column - 2] ?? 0) + 1] : []),
			];
			next.push(Math.min(...steps));
		}
		[beforeLast, last] = [last, next];
	}
	return last[other.length] ?? 0;
};

/** How far off a word may be to be taken for a slip: a third of its letters, three at most. */
export const slipOf = (word: string): number => Math.min(3, Math.max(1, Math.floor(word.length / 3)));
