import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodeCanonicalJson } from "./canonical-json.ts";
import type { JsonLimits } from "./json-limits.ts";
import { isJsonObject } from "./json-object.ts";
import { parseJson } from "./parse-json.ts";

const bytesOf = (...bytes: number[]) => Uint8Array.from(bytes);
const value = (text: string | Uint8Array, limits?: JsonLimits) => {
	const parsing = parseJson(text, limits);
	if (parsing.kind === "refused") {
		throw new Error(`refused: ${parsing.reason} at ${parsing.at}`);
	}
	return parsing.value;
};
const refusal = (text: string | Uint8Array, limits?: JsonLimits) => {
	const parsing = parseJson(text, limits);
	return parsing.kind === "refused" ? [parsing.reason, parsing.at] : "accepted";
};

describe("parseJson", () => {
	it.each([
		["an overlong slash", [0x22, 0xc0, 0xaf, 0x22], 1],
		["an overlong NUL in three bytes", [0x22, 0xe0, 0x80, 0x80, 0x22], 1],
		["a surrogate", [0x22, 0xed, 0xa0, 0x80, 0x22], 1],
		["a code point above U+10FFFF", [0x22, 0xf4, 0x90, 0x80, 0x80, 0x22], 1],
		["a lone continuation", [0x22, 0x61, 0x80, 0x22], 2],
		["a cut sequence", [0x22, 0xe6, 0x97], 1],
		["a byte that never occurs", [0xff], 0],
	])("JSON-01 refuses %s", (_name, bytes, at) => {
		expect(refusal(bytesOf(...bytes))).toEqual(["malformed-utf8", at]);
	});

	it("JSON-01 reads one to four bytes a character", () => {
		expect(value(new TextEncoder().encode('"aß日😀"'))).toBe("aß日😀");
	});

	it.each([
		"",
		" ",
		"nul",
		"nulll",
		"True",
		"NaN",
		"Infinity",
		"undefined",
		"'a'",
		"{a:1}",
		'{"a" 1}',
		'{"a":1,}',
		'{,"a":1}',
		"[1,]",
		"[,1]",
		"[1 2]",
		"[1",
		'{"a":1',
		'"a',
		'"\\',
		'"\\x"',
		'"\\u12"',
		'"\\u12G4"',
		'"\\u+123"',
		'"\n"',
		'"\u0000"',
		"01",
		"-",
		"+1",
		"1.",
		".5",
		"1e",
		"1e+",
		"--1",
		"0x10",
		"1_000",
		"\ufeff{}",
		"\u00a0{}",
		"{}{}",
		"[]]",
		"/**/1",
		"// \n1",
	])("JSON-02 refuses %j as JSON does", (text) => {
		expect(refusal(text)).toEqual(["syntax", expect.any(Number)]);
		expect(() => JSON.parse(text)).toThrow();
	});

	it("JSON-02 tells the place, in bytes for bytes and in UTF-16 units for text", () => {
		expect(refusal('["é", x]')).toEqual(["syntax", 6]);
		expect(refusal(new TextEncoder().encode('["é", x]'))).toEqual(["syntax", 7]);
	});

	it("JSON-02 reads white space and every escape", () => {
		expect(value(' \t\r\n["\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uD83D\\uDE00", true , false,null ] \n')).toEqual([
			'"\\/\b\f\n\r\té😀',
			true,
			false,
			null,
		]);
	});

	it.each([
		['{"a":1,"a":2}', 7],
		['{"a":1,"\\u0061":1}', 7],
		['{"__proto__":1,"__proto__":2}', 15],
		['{"x":{"b":1,"b":1}}', 12],
	])("JSON-03 refuses duplicate keys in %s", (text, at) => {
		expect(refusal(text)).toEqual(["duplicate-key", at]);
	});

	it("JSON-03 allows the same key in different objects", () => {
		expect(value('{"a":{"a":1},"b":{"a":1}}')).toEqual({ a: { a: 1 }, b: { a: 1 } });
	});

	it.each(["1.0", "1.5", "1e3", "1E0", "-0", "-0.0", "0e0", "9007199254740992", "-9007199254740992", "1e400"])(
		"JSON-04 refuses the number %s",
		(text) => {
			expect(refusal(`[${text}]`)).toEqual(["number-not-canonical", 1]);
		},
	);

	it("JSON-04 reads integers up to ±(2^53-1) exactly", () => {
		expect(value("[0,-1,9007199254740991,-9007199254740991]")).toEqual([0, -1, 2 ** 53 - 1, 1 - 2 ** 53]);
	});

	it("JSON-04 reads other numbers where they are allowed, -0 as 0, but none that a double cannot hold", () => {
		const lenient = { allowNonCanonicalNumbers: true };
		expect(value("[1.5,1e3,-0,-0.0,9007199254740993]", lenient)).toStrictEqual([1.5, 1000, 0, 0, 2 ** 53]);
		expect(refusal("1e400", lenient)).toEqual(["number-not-canonical", 0]);
		expect(refusal("01", lenient)).toEqual(["syntax", 0]);
	});

	it.each(['"\\ud800"', '"\\udc00"', '"\\udc00\\ud800"', '"\\ud83dx"', '{"\\ud800":1}', '"\ud800"'])(
		"JSON-05 refuses the lone surrogate in %j",
		(text) => {
			expect(refusal(text)).toEqual(["lone-surrogate", expect.any(Number)]);
		},
	);

	it("JSON-06 bounds bytes, depth and keys, each exactly", () => {
		expect(value('"日"', { maxBytes: 5 })).toBe("日");
		expect(refusal('"日"', { maxBytes: 4 })).toEqual(["too-long", 0]);
		expect(refusal(new TextEncoder().encode('"日"'), { maxBytes: 4 })).toEqual(["too-long", 0]);
		expect(refusal('[{"a":[]}]', { maxDepth: 3 })).toBe("accepted");
		expect(refusal('[{"a":[]}]', { maxDepth: 2 })).toEqual(["too-deep", 6]);
		expect(refusal('{"a":{"b":1}}', { maxKeys: 2 })).toBe("accepted");
		expect(refusal('{"a":{"b":1}}', { maxKeys: 1 })).toEqual(["too-many-keys", 9]);
	});

	it("JSON-06 survives the deepest nesting that a request can hold", () => {
		const limits = { maxBytes: 10_000_000, maxDepth: 1_000_000 };
		expect(refusal("[".repeat(5_000_000), limits)).toEqual(["too-deep", 512]);
		expect(refusal('{"a":'.repeat(1_000_000), limits)).toEqual(["too-deep", 512 * 5]);
		expect(refusal("[".repeat(512) + "]".repeat(512), limits)).toBe("accepted");
	});

	it("JSON-07 keeps keys of Object.prototype as keys", () => {
		const object = value('{"__proto__":{"x":1},"constructor":2,"toString":3}');
		expect(isJsonObject(object) && Object.getPrototypeOf(object)).toBe(null);
		expect(isJsonObject(object) && Object.keys(object)).toEqual(["__proto__", "constructor", "toString"]);
		expect(({} as { x?: number }).x).toBeUndefined();
		expect(encodeCanonicalJson(object)).toBe('{"__proto__":{"x":1},"constructor":2,"toString":3}');
		expect(isJsonObject(value("{}")) && "toString" in (value("{}") as object)).toBe(false);
	});

	it("JSON-02 never throws and never accepts what JSON.parse refuses: 100,000 inputs", () => {
		const seeds = ['{"a":[1,-2,"x\\n",{"b":null}],"é":true}', '[[],{},"\\ud83d\\ude00",0]', '"日本"', "-12"];
		const mutated = fc
			.record({ seed: fc.constantFrom(...seeds), edits: fc.array(fc.record({ at: fc.nat(60), byte: fc.nat(255) })) })
			.map(({ seed, edits }) => {
				const bytes = new TextEncoder().encode(seed);
				for (const { at, byte } of edits) {
					bytes[at % bytes.length] = byte;
				}
				return bytes;
			});
		const grammar = fc
			.array(fc.constantFrom(...'{}[],:"\\u0d8ce-+. \t19', "true", "null", '"a":', "\ud83d", "\u0000"))
			.map((parts) => parts.join(""));
		let accepted = 0;
		fc.assert(
			fc.property(fc.oneof(mutated, grammar, fc.string(), fc.uint8Array()), (input) => {
				const parsing = parseJson(input);
				if (parsing.kind === "ok") {
					accepted++;
					const text = typeof input === "string" ? input : new TextDecoder().decode(input);
					expect(encodeCanonicalJson(parsing.value)).toBe(encodeCanonicalJson(JSON.parse(text)));
				}
			}),
			{ numRuns: 100_000 },
		);
		expect(accepted).toBeGreaterThan(1000);
	});
});
