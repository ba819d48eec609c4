import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeBlurhash, encodeBlurhash } from "./blurhash.ts";

const picture = (width: number, height: number, colourAt: (x: number, y: number) => readonly number[]) => {
	const data = new Uint8ClampedArray(width * height * 4);
	for (let at = 0; at < width * height; at += 1) {
		data.set([...colourAt(at % width, Math.floor(at / width)), 255], at * 4);
	}
	return { width, height, data };
};

describe("a picture in a few letters", () => {
	it("is, of one colour, that colour everywhere", () => {
		const hash = encodeBlurhash(picture(64, 64, () => [200, 120, 40]));
		expect(hash).toHaveLength(4 + 2 * 4 * 3);
		const { data } = decodeBlurhash(hash, 3, 2) ?? expect.fail("it stands for nothing");
		for (let at = 0; at < data.length; at += 4) {
			for (const [channel, value] of [200, 120, 40, 255].entries()) {
				expect(Math.abs((data[at + channel] ?? 0) - value)).toBeLessThan(25);
			}
		}
	});

	it("keeps where it is light and where dark", () => {
		const hash = encodeBlurhash(picture(64, 48, (x) => (x < 32 ? [10, 10, 10] : [240, 240, 240])));
		const { data } = decodeBlurhash(hash, 16, 12) ?? expect.fail("it stands for nothing");
		expect(data[0]).toBeLessThan(125);
		expect(data[15 * 4]).toBeGreaterThan(180);
	});

	// The example of the format's own pages: a photo whose average colour is known from its letters.
	it("reads what others write", () => {
		const { data } = decodeBlurhash("LEHV6nWB2yk8pyo0adR*.7kCMdnj", 1, 1) ?? expect.fail("it stands for nothing");
		expect([...data.subarray(3)]).toEqual([255]);
		expect(decodeBlurhash("LEHV6nWB2yk8pyo0adR*.7kCMdn", 4, 4)).toBeUndefined();
	});

	it("stands for nothing when it is anything else, and never throws", () => {
		for (const bad of ["", "L", "LEHV6nWB2yk8pyo0adR*.7kCMdn ", "0\u0000", "é".repeat(28)]) {
			expect(decodeBlurhash(bad, 4, 4)).toBeUndefined();
		}
		fc.assert(fc.property(fc.string({ maxLength: 40 }), (hash) => void decodeBlurhash(hash, 2, 2)));
	});
});
