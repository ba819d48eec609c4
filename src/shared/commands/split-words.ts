/** A word of a line, or several in quotation marks. */
export interface LineWord {
	readonly text: string;
	readonly isQuoted: boolean;
	/** Where it begins and ends in the line, with its quotation marks. */
	readonly start: number;
	readonly end: number;
}

export type SplitLine =
	| { readonly kind: "words"; readonly words: readonly LineWord[] }
	/** A quotation mark without its other one. */
	| { readonly kind: "open-quote"; readonly start: number };

const closingOf: Readonly<Record<string, string>> = { '"': '"', "“": "”", "„": "“" };

/**
 * Splits a line at its spaces. Quotation marks around a word keep the spaces in it; `\"` and `\\` stand for themselves there.
 * Within a word a quotation mark is one like any other character.
 */
export const splitWords = (line: string): SplitLine => {
	const words: LineWord[] = [];
	let place = 0;
	while (place < line.length) {
		const first = line.charAt(place);
		if (/\s/.test(first)) {
			place += 1;
			continue;
		}
		const closing = closingOf[first];
		const word = closing === undefined ? plainWord(line, place) : quotedWord(line, place, closing);
		if (word === undefined) return { kind: "open-quote", start: place };
		words.push(word);
		place = word.end;
	}
	return { kind: "words", words };
};

const plainWord = (line: string, start: number): LineWord => {
	const length = line.slice(start).search(/\s/);
	const end = length < 0 ? line.length : start + length;
	return { text: line.slice(start, end), isQuoted: false, start, end };
};

const quotedWord = (line: string, start: number, closing: string): LineWord | undefined => {
	let text = "";
	for (let place = start + 1; place < line.length; place += 1) {
		const character = line.charAt(place);
		if (character === closing) return { text, isQuoted: true, start, end: place + 1 };
		const isEscape = character === "\\" && [closing, "\\"].includes(line.charAt(place + 1));
		if (isEscape) place += 1;
		text += line.charAt(place);
	}
	return undefined;
};

/** A word as it has to be typed to come back whole. */
export const quoted = (text: string): string =>
	/^[^\s"“„][^\s]*$/.test(text) ? text : `"${text.replaceAll(/["\\]/g, "\\$&")}"`;
