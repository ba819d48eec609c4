import { describe, expect, it } from "vitest";
import { pngChunk, testPicture, widened } from "../../../../tests/setup/test-pictures.ts";
import { readPictureFacts } from "../../../server/media/pictures/read-picture-facts.ts";
import { readPictureHead } from "./picture-head.ts";

describe("the first bytes of a picture", () => {
	it.each(["dot.png", "dot.jpg", "dot.gif", "lossy.webp", "lossless.webp", "extended.webp"] as const)(
		"say what it is and how large: %s",
		(name) => {
			const bytes = testPicture(name);
			const facts = readPictureFacts(bytes);
			expect(readPictureHead(bytes)).toEqual({
				type: facts?.contentType,
				width: facts?.width,
				height: facts?.height,
			});
		},
	);

	it("are enough, whatever follows: a picture that moves, one that was cut off", () => {
		const moving = Buffer.concat([testPicture("dot.png").subarray(0, 33), pngChunk("acTL", new Uint8Array(8))]);
		expect(readPictureHead(moving)).toMatchObject({ type: "image/png" });
		expect(readPictureHead(Buffer.concat([testPicture("dot.jpg"), Buffer.from("more")]))).toMatchObject({
			type: "image/jpeg",
		});
	});

	it("tell of a bomb before anything is decoded", () => {
		expect(readPictureHead(widened(testPicture("dot.png"), 4_000_000_000))).toMatchObject({ width: 4_000_000_000 });
	});

	it("are none of what runs, or of what is no picture, however it is called", () => {
		const words = [
			"",
			"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
			"<!doctype html><script>alert(1)</script>",
			"GIF87",
			"RIFF\0\0\0\0WEBPVP8X",
			"\xff\xd8\xff\xe0\0\x04\0\0",
			"%PDF-1.7",
			"\0\0\0\x20ftypavif",
		];
		for (const word of words) expect(readPictureHead(Buffer.from(word, "latin1"))).toBeUndefined();
		for (const name of ["dot.png", "dot.jpg", "dot.gif", "lossy.webp"] as const) {
			const bytes = testPicture(name);
			for (let end = 0; end < Math.min(24, bytes.length); end += 1) {
				expect(() => readPictureHead(bytes.subarray(0, end))).not.toThrow();
			}
		}
	});

	it("that say a picture has no pixels are no picture's", () => {
		expect(readPictureHead(widened(testPicture("dot.png"), 0))).toBeUndefined();
	});
});
