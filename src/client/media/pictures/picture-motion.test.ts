import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { movingGif } from "../../../../tests/setup/moving-gif.ts";
import { pngChunk, testPicture } from "../../../../tests/setup/test-pictures.ts";
import { readPictureHead } from "./picture-head.ts";
import { doesMove } from "./picture-motion.ts";

const moving = movingGif([
	[255, 0, 0],
	[0, 0, 255],
]);
const png = testPicture("dot.png");
const movingPng = Buffer.concat([png.subarray(0, 33), pngChunk("acTL", new Uint8Array(8)), png.subarray(33)]);
const webp = Buffer.from(testPicture("extended.webp"));
const movingWebp = Buffer.from(webp);
movingWebp[20] = (movingWebp[20] ?? 0) | 2;

describe("a picture that moves", () => {
	it("is one of several frames", () => {
		expect(readPictureHead(moving)).toEqual({ type: "image/gif", width: 160, height: 120 });
		for (const bytes of [moving, movingPng, movingWebp]) expect(doesMove(bytes)).toBe(true);
	});

	it("is none of one frame", () => {
		expect(doesMove(movingGif([[255, 0, 0]]))).toBe(false);
		for (const name of ["dot.png", "dot.jpg", "dot.gif", "lossy.webp", "lossless.webp", "extended.webp"] as const) {
			expect(doesMove(testPicture(name))).toBe(false);
		}
	});

	it("is never looked for without end, whatever the bytes say", () => {
		for (let end = 0; end < moving.length; end += 7) expect(typeof doesMove(moving.subarray(0, end))).toBe("boolean");
		const nonsense = fc.tuple(fc.constantFrom(moving, movingPng, movingWebp), fc.nat(4_000), fc.nat(255));
		fc.assert(
			fc.property(nonsense, ([bytes, at, value]) => {
				const changed = Buffer.from(bytes);
				changed[at % changed.length] = value;
				expect(typeof doesMove(changed)).toBe("boolean");
			}),
		);
	});
});
