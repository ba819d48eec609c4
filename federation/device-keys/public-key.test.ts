import { describe, expect, it } from "vitest";
import { encodeBase64 } from "../json/base64.ts";
import { curveKey, seedOf, testDevice } from "../testing/device-factory.ts";
import { userId } from "../testing/identifiers.ts";
import { parseCurve25519Key, parseEd25519Key } from "./public-key.ts";

const text = (hex: string, last?: number): string => {
	const bytes = Uint8Array.from({ length: hex.length / 2 }, (_, at) =>
		Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16),
	);
	if (last !== undefined) bytes[31] = (bytes[31] ?? 0) | last;
	return encodeBase64(bytes);
};

const smallCurvePoints = [
	"00".repeat(32),
	`01${"00".repeat(31)}`,
	"e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
	"5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
	`ec${"ff".repeat(30)}7f`,
	`ed${"ff".repeat(30)}7f`,
	`ee${"ff".repeat(30)}7f`,
];

describe("DEV-01: public keys", () => {
	it("are read when they are 32 bytes of base64", () => {
		expect(parseCurve25519Key(curveKey("one"))).toHaveLength(32);
		const { key } = testDevice(userId("@ann:one.example"), "A");
		expect(parseEd25519Key(encodeBase64(key.publicKey))).toEqual(key.publicKey);
	});

	it.each(smallCurvePoints)(
		"of Curve25519 are refused when they are of small order, with either highest bit: %s",
		(hex) => {
			expect(parseCurve25519Key(text(hex))).toBeUndefined();
			expect(parseCurve25519Key(text(hex, 0x80))).toBeUndefined();
		},
	);

	it("of Ed25519 are refused when they are of small order", () => {
		expect(parseEd25519Key(text("00".repeat(32)))).toBeUndefined();
		expect(parseEd25519Key(text(`01${"00".repeat(31)}`))).toBeUndefined();
	});

	it("are refused in other lengths and spellings", () => {
		const short = encodeBase64(seedOf("short").subarray(1));
		for (const none of ["", short, `${curveKey("long")}AA`, `${curveKey("one")} `]) {
			expect(parseCurve25519Key(none)).toBeUndefined();
			expect(parseEd25519Key(none)).toBeUndefined();
		}
	});
});
