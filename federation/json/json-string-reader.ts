/** String literals: escapes resolved, lone surrogates refused. Source: RFC 8259 section 7; Matrix v1.19 appendices, "Canonical JSON". */
import type { JsonRefusal } from "./json-limits.ts";

const simpleEscapes: ReadonlyMap<string, string> = new Map([
	['"', '"'],
	["\\", "\\"],
	["/", "/"],
	["b", "\b"],
	["f", "\f"],
	["n", "\n"],
	["r", "\r"],
	["t", "\t"],
]);
const fourHexDigits = /^[0-9A-Fa-f]{4}$/;

/** Reads string literals out of one text; `end` is where the last one that was read ended. */
export class JsonStringReader {
	readonly #text: string;
	end = 0;

	constructor(text: string) {
		this.#text = text;
	}

	/** The string whose opening quote is at `start`. */
	read(start: number): string | { readonly reason: JsonRefusal; readonly at: number } {
		let result = "";
		let copied = start + 1;
		let at = copied;
		let hasSurrogates = false;
		for (;;) {
			const unit = this.#text.charCodeAt(at);
			if (unit === 0x22) {
				break;
			}
			if (unit === 0x5c) {
				const escaped = this.#escape(at);
				if (escaped === undefined) {
					return { reason: "syntax", at };
				}
				result += this.#text.slice(copied, at) + escaped;
				hasSurrogates = hasSurrogates || isSurrogate(escaped.charCodeAt(0));
				at += this.#text.charCodeAt(at + 1) === 0x75 ? 6 : 2;
				copied = at;
			} else if (unit >= 0x20) {
				hasSurrogates = hasSurrogates || isSurrogate(unit);
				at++;
			} else {
				// A control character, or NaN at the end of the text.
				return { reason: "syntax", at };
			}
		}
		result += this.#text.slice(copied, at);
		if (hasSurrogates && loneSurrogate.test(result)) {
			return { reason: "lone-surrogate", at: start };
		}
		this.end = at + 1;
		return result;
	}

	/** The character that the escape at `at` stands for. */
	#escape(at: number): string | undefined {
		const letter = this.#text.charAt(at + 1);
		if (letter !== "u") {
			return simpleEscapes.get(letter);
		}
		const digits = this.#text.slice(at + 2, at + 6);
		return fourHexDigits.test(digits) ? String.fromCharCode(Number.parseInt(digits, 16)) : undefined;
	}
}

/** With the `u` flag a well-formed pair is one character, so only a lone surrogate matches. */
const loneSurrogate = /\p{Surrogate}/u;

const isSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdfff;
