/**
 * Limits that `parseJson` puts on untrusted text and the reasons for which it refuses.
 * Source: Matrix v1.19 appendices, "Canonical JSON"; room version 6, "Canonical JSON".
 */
import { maxJsonDepth } from "./canonical-json.ts";

/** Bounds and leniency of one parse; what is left out has the value of `defaultJsonLimits`. */
export interface JsonLimits {
	/** Longest input, in bytes of UTF-8. */
	readonly maxBytes?: number;
	/** Deepest nesting of arrays and objects; at most 512. */
	readonly maxDepth?: number;
	/** Most members that all objects of the input may have together. */
	readonly maxKeys?: number;
	/**
	 * Reads fractions, exponents, big integers and `-0` as JavaScript numbers (`-0` as 0) instead of refusing them. For
	 * data that is never signed; its result may have no canonical form.
	 */
	readonly allowNonCanonicalNumbers?: boolean;
}

/** One mebibyte, 512 levels, 65,536 members, canonical numbers only. */
export const defaultJsonLimits: Required<JsonLimits> = Object.freeze({
	maxBytes: 1_048_576,
	maxDepth: maxJsonDepth,
	maxKeys: 65_536,
	allowNonCanonicalNumbers: false,
});

/** Why a text was refused; rule ids in federation/SPEC.md, "JSON". */
export type JsonRefusal =
	/** JSON-01 */
	| "malformed-utf8"
	/** JSON-02 */
	| "syntax"
	/** JSON-03 */
	| "duplicate-key"
	/** JSON-04 */
	| "number-not-canonical"
	/** JSON-05 */
	| "lone-surrogate"
	/** JSON-06 */
	| "too-long"
	/** JSON-06 */
	| "too-deep"
	/** JSON-06 */
	| "too-many-keys";
