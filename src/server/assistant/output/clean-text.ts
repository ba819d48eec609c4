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
const namedLink = /\[([^\]\n]{1,300})\]\(([^\s()]{1,2000})\)/g;
/** No word is longer; what goes on without an end is not waited for. */
const longestWord = 2_000;

/** @param sources what the model was given: addresses in it may come back */
export const createTextCleaner = (sources: readonly string[]): TextCleaner => {
	const known = new Set(sources.flatMap((source) => linksOf(withoutUnseen(source))));
	const clean = (text: string): string =>
		withKnownLinks(
			withoutUnseen(text)
				.replace(picture, "$1")
				.replace(namedLink, (_, words: string, target: string) => (known.has(target) ? `${words} ${target}` : words)),
			known,
		);
	let held = "";
	return {
		clean,
		push: (piece) => {
			held += piece;
			const end = held.length > longestWord ? held.length : endOfWhole(held);
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

/** Up to where nothing that may still come changes what a text says: the last word could become an address. */
const endOfWhole = (text: string): number => {
	let word = text.length;
	while (word > 0 && !/\s/.test(text[word - 1] ?? "")) word -= 1;
	const visible = text.slice(word).search(/[!-~\u00ad\u200b-\u200f\ud800-\udfff]/);
	const end = visible < 0 ? text.length : word + visible;
	// A link has its words in front of it: they wait for what follows.
	const bracket = text.lastIndexOf("[", end);
	const isOpen = bracket >= 0 && !text.slice(bracket, end).includes("\n") && !/\][^(]/.test(text.slice(bracket, end));
	return isOpen ? Math.min(end, bracket > 0 && text[bracket - 1] === "!" ? bracket - 1 : bracket) : end;
};
