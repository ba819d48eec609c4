import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeUtf8, encodeUtf8, isUtf8LongerThan, utf8Length } from "./utf8.ts";

const text = fc.string({ unit: "binary", maxLength: 300 }).filter((candidate) => !/\p{Surrogate}/u.test(candidate));

describe("UTF-8", () => {
	it("JSON-01 encodes as the platform's encoder does", () => {
		fc.assert(
			fc.property(text, (sample) => {
				const expected = new TextEncoder().encode(sample);
				expect(encodeUtf8(sample)).toEqual(expected);
				expect(utf8Length(sample)).toBe(expected.length);
				expect([expected.length - 1, expected.length].map((bytes) => isUtf8LongerThan(sample, bytes))).toEqual([
					true,
					false,
				]);
			}),
			{ numRuns: 1000 },
		);
	});

	it("JSON-01 decodes exactly what a fatal TextDecoder decodes", () => {
		const bytes = fc.oneof(
			fc.uint8Array({ maxLength: 6 }),
			fc
				.array(
					fc.constantFrom(
						0x41,
						0x7f,
						0x80,
						0x8f,
						0x90,
						0x9f,
						0xa0,
						0xbf,
						0xc1,
						0xc2,
						0xe0,
						0xed,
						0xef,
						0xf0,
						0xf4,
						0xf5,
					),
					{
						maxLength: 5,
					},
				)
				.map((units) => Uint8Array.from(units)),
		);
		const fatal = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
		let malformed = 0;
		fc.assert(
			fc.property(bytes, (sample) => {
				const decoding = decodeUtf8(sample);
				if (decoding.kind === "ok") {
					expect(decoding.text).toBe(fatal.decode(sample));
				} else {
					malformed++;
					expect(() => fatal.decode(sample)).toThrow();
				}
			}),
			{ numRuns: 5000 },
		);
		expect(malformed).toBeGreaterThan(100);
	});

	it("JSON-01 decodes texts longer than one chunk", () => {
		const long = "x".repeat(5000) + "日本😀".repeat(3000);
		expect(decodeUtf8(new TextEncoder().encode(long))).toEqual({ kind: "ok", text: long });
	});

	it.each(["\ud800", "a\udc00", "\udc00\ud800", "\ud800a"])("JSON-05 throws rather than encode %j", (lone) => {
		expect(() => encodeUtf8(lone)).toThrow(RangeError);
	});
});
