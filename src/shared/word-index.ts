import { printOf } from "./print-of.ts";

/** A text to be found by its words. */
export interface IndexedText {
	readonly id: string;
	readonly text: string;
}

/** A text that shares a word with what was asked. */
export interface WordHit {
	readonly group: string;
	readonly id: string;
	/** Above 0; of one question, to be compared with each other. */
	readonly score: number;
}

export interface FindOptions {
	/** Absent: all. */
	readonly groups?: ReadonlySet<string>;
	readonly most: number;
}

/** Texts in groups, by their words: a question costs what its words occur, not what there is. */
export interface WordIndex {
	/** Takes texts in. One that is known is left alone, or replaced where it says something else now. */
	add(group: string, texts: readonly IndexedText[]): void;
	/** The best first, of equals the later one. */
	find(words: readonly string[], options: FindOptions): readonly WordHit[];
	/** Texts that can be found. */
	readonly size: number;
}

/** The words of a text, in small letters. */
export const wordsOf = (text: string): readonly string[] => text.toLowerCase().match(/[\p{L}\p{N}_]{2,}/gu) ?? [];

/** Of BM25: how soon a word said often stops to count, and how much a long text weighs less. */
const saturation = 1.2;
const lengthShare = 0.75;

interface Entry {
	readonly group: string;
	readonly id: string;
	readonly length: number;
	readonly print: number;
}

/** @param wordsIn takes a text apart; what is looked for has to be taken apart in the same way */
export const createWordIndex = (wordsIn: (text: string) => readonly string[] = wordsOf): WordIndex => {
	/** By number; one that was replaced leaves a hole. */
	const entries: (Entry | undefined)[] = [];
	const numbers = new Map<string, number>();
	/** By word: number and count of each text that has it, one after the other. */
	const places = new Map<string, number[]>();
	let words = 0;

	const take = (group: string, { id, text }: IndexedText): void => {
		const print = printOf(text);
		const known = numbers.get(id);
		const before = known === undefined ? undefined : entries[known];
		if (before?.print === print) return;
		if (known !== undefined && before !== undefined) {
			entries[known] = undefined;
			words -= before.length;
		}
		const own = wordsIn(text);
		const number = entries.push({ group, id, length: own.length, print }) - 1;
		numbers.set(id, number);
		words += own.length;
		for (const [word, count] of counted(own)) {
			const list = places.get(word);
			if (list === undefined) places.set(word, [number, count]);
			else list.push(number, count);
		}
	};

	const scoresOf = (asked: readonly string[], groups: ReadonlySet<string> | undefined): Map<number, number> => {
		const scores = new Map<number, number>();
		const meanLength = words / Math.max(1, numbers.size);
		for (const word of new Set(asked)) {
			const list = places.get(word) ?? [];
			const having = Math.min(numbers.size, list.length / 2);
			const weight = Math.log(1 + (numbers.size - having + 0.5) / (having + 0.5));
			for (let at = 0; at < list.length; at += 2) {
				const number = list[at] ?? 0;
				const entry = entries[number];
				if (entry === undefined || groups?.has(entry.group) === false) continue;
				const count = list[at + 1] ?? 0;
				const slow = saturation * (1 - lengthShare + (lengthShare * entry.length) / Math.max(1, meanLength));
				scores.set(number, (scores.get(number) ?? 0) + (weight * count * (saturation + 1)) / (count + slow));
			}
		}
		return scores;
	};

	return {
		add: (group, texts) => {
			for (const text of texts) take(group, text);
		},
		find: (asked, { groups, most }) =>
			[...scoresOf(asked, groups)]
				.sort(([oneNumber, one], [otherNumber, other]) => other - one || otherNumber - oneNumber)
				.slice(0, most)
				.flatMap(([number, score]) => {
					const entry = entries[number];
					return entry === undefined ? [] : [{ group: entry.group, id: entry.id, score }];
				}),
		get size() {
			return numbers.size;
		},
	};
};

const counted = (words: readonly string[]): ReadonlyMap<string, number> => {
	const counts = new Map<string, number>();
	for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
	return counts;
};
