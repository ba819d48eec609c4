/**
 * Canonical JSON: the one encoding that is hashed and signed. Keys are sorted by code point, numbers are integers within
 * ±(2^53-1), strings are escaped as little as possible. Source: Matrix v1.19 appendices, "Canonical JSON".
 */
import type { JsonObject, JsonValue } from "./json-value.ts";
import { encodeUtf8 } from "./utf8.ts";

/** Deepest nesting that is encoded and, by default, parsed; it keeps the recursion far from the end of the stack. */
export const maxJsonDepth = 512;

/** The value has no canonical form: a fraction, an integer out of range, a lone surrogate, or too deep. */
export class CanonicalJsonError extends Error {
	override readonly name = "CanonicalJsonError";
}

/**
 * Encodes a value. Keys whose value is `undefined` are left out and `-0` becomes `0`.
 * @throws CanonicalJsonError when the value has no canonical form; values from a strict `parseJson` always have one.
 */
export const encodeCanonicalJson = (value: JsonValue): string => encodeValue(value, 0);

/** The canonical encoding as UTF-8, ready to hash or sign. */
export const canonicalJsonBytes = (value: JsonValue): Uint8Array => encodeUtf8(encodeCanonicalJson(value));

const encodeValue = (value: JsonValue, depth: number): string => {
	switch (typeof value) {
		case "string":
			return encodeString(value);
		case "number":
			return encodeInteger(value);
		case "boolean":
			return value ? "true" : "false";
		case "object":
			if (value === null) {
				return "null";
			}
			if (depth >= maxJsonDepth) {
				throw new CanonicalJsonError(`nested deeper than ${maxJsonDepth}`);
			}
			return isArray(value) ? encodeArray(value, depth + 1) : encodeObject(value, depth + 1);
		default:
			throw new CanonicalJsonError(`${typeof value} is no JSON value`);
	}
};

const encodeArray = (values: readonly JsonValue[], depth: number): string => {
	let text = "[";
	for (let index = 0; index < values.length; index++) {
		text += (index === 0 ? "" : ",") + encodeValue(values[index] as JsonValue, depth);
	}
	return `${text}]`;
};

const encodeObject = (object: JsonObject, depth: number): string => {
	let text = "";
	for (const key of sortedKeys(object)) {
		const value = object[key];
		if (value !== undefined) {
			text += `${text === "" ? "" : ","}${encodeString(key)}:${encodeValue(value, depth)}`;
		}
	}
	return `{${text}}`;
};

const encodeInteger = (value: number): string => {
	if (!Number.isSafeInteger(value)) {
		throw new CanonicalJsonError(`${value} is no integer within ±(2^53-1)`);
	}
	return String(value);
};

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must be escaped
const needsCare = /["\\\u0000-\u001f\ud800-\udfff]/;
/** With the `u` flag a well-formed pair is one character, so only a lone surrogate matches. */
const loneSurrogate = /\p{Surrogate}/u;

const encodeString = (text: string): string => {
	if (!needsCare.test(text)) {
		return `"${text}"`;
	}
	if (loneSurrogate.test(text)) {
		throw new CanonicalJsonError("lone surrogate in a string");
	}
	// For well-formed text JSON.stringify chooses exactly the escapes of the canonical grammar.
	return JSON.stringify(text);
};

const sortedKeys = (object: JsonObject): string[] => {
	const keys = Object.keys(object);
	let isSorted = true;
	let hasSurrogates = false;
	for (let index = 0; index < keys.length; index++) {
		const key = keys[index] as string;
		isSorted = isSorted && (index === 0 || (keys[index - 1] as string) < key);
		hasSurrogates = hasSurrogates || surrogate.test(key);
	}
	if (hasSurrogates) {
		return keys.sort(compareCodePoints);
	}
	// Without surrogates the order of UTF-16 units, JavaScript's own, is the order of code points.
	return isSorted ? keys : keys.sort();
};

const surrogate = /[\ud800-\udfff]/;

/** Orders texts by Unicode code point; UTF-16 order differs where a surrogate meets U+E000 to U+FFFF. */
export const compareCodePoints = (left: string, right: string): number => {
	const shorter = Math.min(left.length, right.length);
	for (let index = 0; index < shorter; index++) {
		const a = left.charCodeAt(index);
		const b = right.charCodeAt(index);
		if (a !== b) {
			return codePointRank(a) - codePointRank(b);
		}
	}
	return left.length - right.length;
};

/** Moves surrogates, which begin code points from U+10000 on, above every other unit. */
const codePointRank = (unit: number): number => (unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit);

const isArray = (value: readonly JsonValue[] | JsonObject): value is readonly JsonValue[] => Array.isArray(value);
