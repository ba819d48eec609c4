import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeBase64, decodeBase64Url, encodeBase64, encodeBase64Url } from "./base64.ts";

const ascii = (text: string) => new TextEncoder().encode(text);

describe("base64", () => {
	it.each([
		["", ""],
		["f", "Zg"],
		["fo", "Zm8"],
		["foo", "Zm9v"],
		["foob", "Zm9vYg"],
		["fooba", "Zm9vYmE"],
		["foobar", "Zm9vYmFy"],
	])("JSON-10 writes %j as %j without padding, and reads it back", (text, encoded) => {
		expect(encodeBase64(ascii(text))).toBe(encoded);
		expect(decodeBase64(encoded)).toEqual(ascii(text));
	});

	it("JSON-10 has its own 62nd and 63rd character in each alphabet and refuses the other's", () => {
		const bytes = Uint8Array.of(0xfb, 0xff, 0xfe);
		expect([encodeBase64(bytes), encodeBase64Url(bytes)]).toEqual(["+//+", "-__-"]);
		expect([decodeBase64("-__-"), decodeBase64Url("+//+")]).toEqual([undefined, undefined]);
	});

	it.each([
		"Z",
		"Zm9vY",
		"Zg=",
		"Zg===",
		"Zm8==",
		"Zm9v====",
		"=",
		"Z=g=",
		"Zg==Zg",
		" Zg",
		"Zg\n",
		"Zm 9v",
		"Zé",
		"Zg\u0000\u0000",
	])("JSON-10 refuses %j", (junk) => {
		expect(decodeBase64(junk)).toBeUndefined();
		expect(decodeBase64Url(junk)).toBeUndefined();
	});

	it("JSON-10 accepts correct padding and bits beyond the last byte, as other servers do", () => {
		expect(decodeBase64("Zg==")).toEqual(ascii("f"));
		expect(decodeBase64("Zm8=")).toEqual(ascii("fo"));
		expect(decodeBase64("Zh")).toEqual(ascii("f"));
	});

	it("JSON-10 decode after encode is the identity in both alphabets", () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
				expect(encodeBase64(bytes)).toBe(Buffer.from(bytes).toString("base64").replaceAll("=", ""));
				expect(decodeBase64(encodeBase64(bytes))).toEqual(bytes);
				expect(decodeBase64Url(encodeBase64Url(bytes))).toEqual(bytes);
			}),
		);
	});
});
