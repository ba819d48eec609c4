import { linksOf, withKnownLinks } from "./known-links.ts";
import { withoutUnseen } from "./unseen-characters.ts";

/** Makes plain text of what a model wrote: nothing hidden, no pictures, no address that the sources do not have. */
export interface TextCleaner {
	/** A whole text. */
	clean(text: string): string;
	/** More of a text that comes in pieces: what of it can be shown already. */
	push(piece: string): string;
	/** The rest. */
	end(): string;
}

const picture = /!\[([^\]\n]{0,300})\]\([^()\n]{0,2000}\)/g;
/** Of one that has brackets in its address. */
const beginOfPicture = /!\[(?=[^\]\n]{0,300}\]\()/g;
const namedLink = /\[([^\]\n]{1,300})\]\(([^\s()]{1,2000})\)/g;
/** No word is longer; what goes on without an end is not waited for. */
const longestWord = 2_000;

/** @param sources what the model was given: addresses in it may come back */
export const createTextCleaner = (sources: readonly string[]): TextCleaner => {
	// With something unseen in it, it was no link for whoever saw it.
	const known = new Set(sources.flatMap(linksOf).filter((link) => withoutUnseen(link) === link));
	const clean = (text: string): string =>
		withKnownLinks(
			withoutUnseen(text)
				.replace(picture, "$1")
				.replace(namedLink, (_, words: string, target: string) => (known.has(target) ? `${words} ${target}` : words)),
			known,
		).replace(beginOfPicture, "[");
	let held = "";
	let isCut = false;
	return {
		clean,
		push: (piece) => {
			// What a word without end goes on with must not make an address of what was shown of it.
			held += isCut && !/^\s/.test(piece) ? `\n${piece}` : piece;
			isCut = held.length > longestWord;
			const end = isCut ? held.length : endOfWhole(held);
			const whole = held.slice(0, end);
			held = held.slice(end);
			return clean(whole);
		},
		end: () => {
			const rest = clean(held);
			held = "";
			return rest;
		},
	};
};

/** Where the word begins that a place in a text is in. */
const startOfWord = (text: string, place: number): number => {
	let start = place;
	while (start > 0 && !/\s/.test(text[start - 1] ?? "")) start -= 1;
	return start;
};

/** Up to where nothing that may still come changes what a text says: the last word could become an address. */
const endOfWhole = (text: string): number => {
	const word = startOfWord(text, text.length);
	const visible = text.slice(word).search(/[!-~\u00ad\u200b-\u200f\ud800-\udfff]/);
	const end = visible < 0 ? text.length : word + visible;
	// A link has its words in front of it: they wait for what follows.
	const bracket = text.lastIndexOf("[", end);
	const isOpen = bracket >= 0 && !text.slice(bracket, end).includes("\n") && !/\][^(]/.test(text.slice(bracket, end));
	return isOpen ? startOfWord(text, Math.min(end, bracket)) : end;
};
