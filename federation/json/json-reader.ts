/**
 * The recursive descent behind `parseJson`. Inside it a refusal travels as an exception, because it ends every level at
 * once; `parseJson` turns it into a value.
 */
import type { JsonLimits, JsonRefusal } from "./json-limits.ts";
import { canonicalInteger, lenientNumber } from "./json-number.ts";
import { JsonStringReader } from "./json-string-reader.ts";
import type { JsonValue } from "./json-value.ts";

/** Carries a refusal out of the recursion. Not an `Error`: no stack is wanted for a peer's bad input. */
export class RefusedJson {
	readonly reason: JsonRefusal;
	readonly at: number;
	constructor(reason: JsonRefusal, at: number) {
		this.reason = reason;
		this.at = at;
	}
}

/** Reads one document; made anew for each. */
export class JsonReader {
	readonly #text: string;
	readonly #limits: Required<JsonLimits>;
	readonly #strings: JsonStringReader;
	#at = 0;
	#keys = 0;

	constructor(text: string, limits: Required<JsonLimits>) {
		this.#text = text;
		this.#limits = limits;
		this.#strings = new JsonStringReader(text);
	}

	/** The only value of the text. */
	readDocument(): JsonValue {
		this.#skipSpace();
		const value = this.#readValue(0);
		this.#skipSpace();
		return this.#at === this.#text.length ? value : this.#refuse("syntax");
	}

	#readValue(depth: number): JsonValue {
		switch (this.#text.charCodeAt(this.#at)) {
			case 0x22:
				return this.#readString();
			case 0x7b:
				return this.#readObject(depth + 1);
			case 0x5b:
				return this.#readArray(depth + 1);
			case 0x74:
				return this.#readWord("true", true);
			case 0x66:
				return this.#readWord("false", false);
			case 0x6e:
				return this.#readWord("null", null);
			default:
				return this.#readNumber();
		}
	}

	#readObject(depth: number): JsonValue {
		this.#open(depth);
		const object = Object.create(null) as { [key: string]: JsonValue };
		if (this.#take(0x7d)) {
			return object;
		}
		do {
			this.#skipSpace();
			const keyAt = this.#at;
			if (this.#text.charCodeAt(keyAt) !== 0x22) {
				this.#refuse("syntax");
			}
			const key = this.#readString();
			if (key in object) {
				this.#at = keyAt;
				this.#refuse("duplicate-key");
			}
			if (++this.#keys > this.#limits.maxKeys) {
				this.#refuse("too-many-keys");
			}
			this.#expect(0x3a);
			this.#skipSpace();
			object[key] = this.#readValue(depth);
		} while (this.#take(0x2c));
		this.#expect(0x7d);
		return object;
	}

	#readArray(depth: number): JsonValue {
		this.#open(depth);
		const values: JsonValue[] = [];
		if (this.#take(0x5d)) {
			return values;
		}
		do {
			this.#skipSpace();
			values.push(this.#readValue(depth));
		} while (this.#take(0x2c));
		this.#expect(0x5d);
		return values;
	}

	#readString(): string {
		const string = this.#strings.read(this.#at);
		if (typeof string !== "string") {
			throw new RefusedJson(string.reason, string.at);
		}
		this.#at = this.#strings.end;
		return string;
	}

	#readNumber(): number {
		const start = this.#at;
		let end = start;
		while (isNumberUnit(this.#text.charCodeAt(end))) {
			end++;
		}
		const literal = this.#text.slice(start, end);
		const read = this.#limits.allowNonCanonicalNumbers ? lenientNumber(literal) : canonicalInteger(literal);
		if (typeof read !== "number") {
			return this.#refuse(read);
		}
		this.#at = end;
		return read;
	}

	#readWord<Word extends true | false | null>(word: string, value: Word): Word {
		if (!this.#text.startsWith(word, this.#at)) {
			this.#refuse("syntax");
		}
		this.#at += word.length;
		return value;
	}

	#open(depth: number): void {
		if (depth > this.#limits.maxDepth) {
			this.#refuse("too-deep");
		}
		this.#at++;
	}

	/** Steps over white space and the unit, if it is there. */
	#take(unit: number): boolean {
		this.#skipSpace();
		if (this.#text.charCodeAt(this.#at) !== unit) {
			return false;
		}
		this.#at++;
		return true;
	}

	#expect(unit: number): void {
		if (!this.#take(unit)) {
			this.#refuse("syntax");
		}
	}

	#skipSpace(): void {
		for (;;) {
			const unit = this.#text.charCodeAt(this.#at);
			if (unit !== 0x20 && unit !== 0x0a && unit !== 0x0d && unit !== 0x09) {
				return;
			}
			this.#at++;
		}
	}

	#refuse(reason: JsonRefusal): never {
		throw new RefusedJson(reason, this.#at);
	}
}

/** Digits, `+`, `-`, `.`, `E` and `e`: whatever may stand in a number literal, well-formed or not. */
const isNumberUnit = (unit: number): boolean =>
	(unit >= 0x30 && unit <= 0x39) || unit === 0x2d || unit === 0x2b || unit === 0x2e || unit === 0x45 || unit === 0x65;
