/**
 * The strict JSON parser for everything that peers send. `JSON.parse` hides what decides about a signature: duplicate
 * keys, `1.0` and `1e3`, integers beyond 2^53, `-0`, lone surrogates. This one refuses them, by value and never by
 * exception. Source: Matrix v1.19 appendices, "Canonical JSON"; RFC 8259 for the syntax.
 */
import { maxJsonDepth } from "./canonical-json.ts";
import { defaultJsonLimits, type JsonLimits, type JsonRefusal } from "./json-limits.ts";
import { JsonReader, RefusedJson } from "./json-reader.ts";
import type { JsonValue } from "./json-value.ts";
import { decodeUtf8, isUtf8LongerThan, utf8Length } from "./utf8.ts";

/** The value, or the reason with the place: an offset in bytes when bytes were given, else in UTF-16 units. */
export type JsonParsing =
	| { readonly kind: "ok"; readonly value: JsonValue }
	| { readonly kind: "refused"; readonly reason: JsonRefusal; readonly at: number };

/** Parses one JSON value with nothing but white space around it. Objects of the result have no prototype. */
export const parseJson = (input: Uint8Array | string, limits: JsonLimits = {}): JsonParsing => {
	const bounds = { ...defaultJsonLimits, ...limits };
	bounds.maxDepth = Math.min(bounds.maxDepth, maxJsonDepth);
	if (typeof input === "string") {
		return isUtf8LongerThan(input, bounds.maxBytes)
			? { kind: "refused", reason: "too-long", at: 0 }
			: readText(input, bounds);
	}
	if (input.length > bounds.maxBytes) {
		return { kind: "refused", reason: "too-long", at: 0 };
	}
	const decoding = decodeUtf8(input);
	if (decoding.kind === "malformed") {
		return { kind: "refused", reason: "malformed-utf8", at: decoding.at };
	}
	const parsing = readText(decoding.text, bounds);
	return parsing.kind === "ok" ? parsing : { ...parsing, at: utf8Length(decoding.text.slice(0, parsing.at)) };
};

const readText = (text: string, bounds: Required<JsonLimits>): JsonParsing => {
	try {
		return { kind: "ok", value: new JsonReader(text, bounds).readDocument() };
	} catch (error) {
		if (error instanceof RefusedJson) {
			return { kind: "refused", reason: error.reason, at: error.at };
		}
		throw error;
	}
};
