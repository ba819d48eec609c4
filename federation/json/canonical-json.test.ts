import { existsSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CanonicalJsonError, canonicalJsonBytes, compareCodePoints, encodeCanonicalJson } from "./canonical-json.ts";
import type { JsonValue } from "./json-value.ts";
import { parseJson } from "./parse-json.ts";

const vectorsFile = "../shared/vectors/canonical-json-and-signing.json";
const vectors: { canonicalJson: { input: string; canonical: string }[] } = existsSync(vectorsFile)
	? JSON.parse(readFileSync(vectorsFile, "utf8"))
	: { canonicalJson: [] };

const wellFormed = fc.string({ unit: "binary" }).filter((text) => !/\p{Surrogate}/u.test(text));
const jsonValue = fc.letrec<{ value: JsonValue }>((tie) => ({
	value: fc.oneof(
		{ depthSize: "small", withCrossShrink: true },
		fc.constant(null),
		fc.boolean(),
		fc.maxSafeInteger(),
		wellFormed,
		fc.array(tie("value")),
		fc.dictionary(fc.oneof(wellFormed, fc.constant("__proto__")), tie("value"), { noNullPrototype: false }),
	),
})).value;

describe("encodeCanonicalJson", () => {
	// skipped: the published vectors are not part of the project; tests/fixtures holds our own
	it.skipIf(vectors.canonicalJson.length === 0)(
		`JSON-08 agrees with the specification's examples (skipped when ${vectorsFile} is absent)`,
		() => {
			for (const { input, canonical } of vectors.canonicalJson) {
				const parsing = parseJson(input, { allowNonCanonicalNumbers: true });
				expect(parsing.kind === "ok" && encodeCanonicalJson(parsing.value)).toBe(canonical);
			}
		},
	);

	it("JSON-08 sorts keys by code point, where UTF-16 order and locale order differ", () => {
		expect(encodeCanonicalJson({ "\uffee": 1, "😀": 2, z: 3, Z: 4, é: 5, "": 6, aa: 7, a: 8, "10": 9, "9": 10 })).toBe(
			'{"":6,"10":9,"9":10,"Z":4,"a":8,"aa":7,"z":3,"é":5,"\uffee":1,"😀":2}',
		);
		expect(["\u{10ffff}", "\ud7ff", "\ue000", "😀a", "😀"].sort(compareCodePoints)).toEqual([
			"\ud7ff",
			"\ue000",
			"😀",
			"😀a",
			"\u{10ffff}",
		]);
	});

	it("JSON-08 orders keys as their UTF-8 bytes", () => {
		fc.assert(
			fc.property(wellFormed, wellFormed, (left, right) => {
				expect(Math.sign(compareCodePoints(left, right))).toBe(Buffer.compare(Buffer.from(left), Buffer.from(right)));
			}),
			{ numRuns: 2000 },
		);
	});

	it("JSON-09 escapes quotes, backslashes and control characters only, in their shortest form", () => {
		expect(encodeCanonicalJson('"\\/\b\f\n\r\t\u0000\u000b\u001f\u007f\u2028é😀')).toBe(
			'"\\"\\\\/\\b\\f\\n\\r\\t\\u0000\\u000b\\u001f\u007f\u2028é😀"',
		);
	});

	it.each([1.5, 2 ** 53, -(2 ** 53), Number.NaN, Number.POSITIVE_INFINITY, "\ud800", "x\udc00"])(
		"JSON-09 has no form for %j",
		(value) => {
			expect(() => encodeCanonicalJson({ a: [value] })).toThrow(CanonicalJsonError);
		},
	);

	it("JSON-09 has no form for lone surrogates in keys, for holes in arrays and beyond 512 levels", () => {
		expect(() => encodeCanonicalJson({ "\ud800": 1 })).toThrow(CanonicalJsonError);
		expect(() => encodeCanonicalJson([undefined] as unknown as JsonValue)).toThrow(CanonicalJsonError);
		const nested = (levels: number): JsonValue => JSON.parse("[".repeat(levels) + "]".repeat(levels));
		expect(encodeCanonicalJson(nested(512))).toHaveLength(1024);
		expect(() => encodeCanonicalJson(nested(513))).toThrow(CanonicalJsonError);
	});

	it("JSON-09 leaves undefined members out and writes -0 as 0", () => {
		expect(encodeCanonicalJson({ a: undefined, b: -0, c: [] })).toBe('{"b":0,"c":[]}');
	});

	it("JSON-09 parse after encode is the identity, and the encoding is a fixed point", () => {
		fc.assert(
			fc.property(jsonValue, (value) => {
				const bytes = canonicalJsonBytes(value);
				const parsing = parseJson(bytes);
				expect(parsing.kind === "ok" && parsing.value).toEqual(value);
				expect(parsing.kind === "ok" && canonicalJsonBytes(parsing.value)).toEqual(bytes);
			}),
			{ numRuns: 3000 },
		);
	});
});
