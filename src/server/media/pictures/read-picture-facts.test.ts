import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pngChunk, type TestPicture, testPicture, widened } from "../../../../tests/setup/test-pictures.ts";
import type { PictureFacts } from "./picture-facts.ts";
import { readPictureFacts } from "./read-picture-facts.ts";

const pictures: readonly (readonly [TestPicture, PictureFacts])[] = [
	["dot.png", { contentType: "image/png", width: 3, height: 2 }],
	["dot.jpg", { contentType: "image/jpeg", width: 3, height: 2 }],
	["dot.gif", { contentType: "image/gif", width: 1, height: 1 }],
	["lossy.webp", { contentType: "image/webp", width: 1, height: 1 }],
	["lossless.webp", { contentType: "image/webp", width: 1, height: 1 }],
	["extended.webp", { contentType: "image/webp", width: 3, height: 2 }],
];
const names = pictures.map(([name]) => name);
const html = Buffer.from("<html><script>alert(1)</script></html>");

describe("what a picture is", () => {
	it.each(pictures)("%s is told by its bytes", (name, facts) => {
		expect(readPictureFacts(testPicture(name))).toEqual(facts);
	});

	it("is read wherever the bytes lie in memory", () => {
		const within = Buffer.concat([html, testPicture("dot.png"), html]);
		expect(readPictureFacts(within.subarray(html.length, -html.length))?.width).toBe(3);
	});

	it("does not depend on how large it claims to be", () => {
		expect(readPictureFacts(widened(testPicture("dot.png"), 4_000_000_000))?.width).toBe(4_000_000_000);
		expect(readPictureFacts(widened(testPicture("dot.png"), 0))).toBeUndefined();
	});
});

describe("what is no picture", () => {
	it.each([
		["nothing", Buffer.alloc(0)],
		["a drawing with a script", Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>')],
		["a page", html],
		["a page behind the signature of a PNG", Buffer.concat([testPicture("dot.png").subarray(0, 8), html])],
		["a page behind the signature of a GIF", Buffer.concat([Buffer.from("GIF89a"), html])],
		["a page behind the signature of a JPEG", Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), html])],
	])("is refused: %s", (_, bytes) => {
		expect(readPictureFacts(bytes)).toBeUndefined();
	});

	it.each(names)("is refused: %s with a page or an archive behind its end", (name) => {
		expect(readPictureFacts(Buffer.concat([testPicture(name), html]))).toBeUndefined();
		expect(readPictureFacts(Buffer.concat([testPicture(name), Buffer.from("PK\x03\x04")]))).toBeUndefined();
		expect(readPictureFacts(Buffer.concat([testPicture(name), Buffer.alloc(1)]))).toBeUndefined();
	});

	it.each(names)("is refused: %s cut off anywhere", (name) => {
		const whole = testPicture(name);
		const lengths = Array.from({ length: whole.length }, (_, length) => length);
		expect(lengths.filter((length) => readPictureFacts(whole.subarray(0, length)) !== undefined)).toEqual([]);
	});

	it("is refused: one that moves", () => {
		const png = testPicture("dot.png");
		const control = pngChunk("acTL", Buffer.alloc(8));
		expect(readPictureFacts(Buffer.concat([png.subarray(0, 33), control, png.subarray(33)]))).toBeUndefined();
		const gif = testPicture("dot.gif");
		const image = gif.subarray(27, -1);
		expect(readPictureFacts(Buffer.concat([gif.subarray(0, -1), image, gif.subarray(-1)]))).toBeUndefined();
		const webp = testPicture("extended.webp");
		webp.writeUInt8(webp.readUInt8(20) | 2, 20);
		expect(readPictureFacts(webp)).toBeUndefined();
	});

	it("is refused: a PNG without pixels, or with a chunk longer than the file", () => {
		const png = testPicture("dot.png");
		const end = pngChunk("IEND", Buffer.alloc(0));
		expect(readPictureFacts(Buffer.concat([png.subarray(0, 33), end]))).toBeUndefined();
		png.writeUInt32BE(0xfffffff0, 33);
		expect(readPictureFacts(png)).toBeUndefined();
	});

	it("ends on every input, and accepts nothing that is longer or shorter than it says", () => {
		const changed = fc.tuple(fc.constantFrom(...names), fc.nat(800), fc.nat(255));
		fc.assert(
			fc.property(changed, ([name, place, value]) => {
				const bytes = testPicture(name);
				bytes[place % bytes.length] = value;
				const facts = readPictureFacts(bytes);
				return facts === undefined || facts.width > 0;
			}),
			{ numRuns: 3000 },
		);
	});
});
