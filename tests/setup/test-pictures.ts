import { readFileSync } from "node:fs";
import { join } from "node:path";

export type TestPicture = "dot.png" | "dot.jpg" | "dot.gif" | "lossy.webp" | "lossless.webp" | "extended.webp";

/** A real picture of a few pixels, as encoders write it. */
export const testPicture = (name: TestPicture): Buffer =>
	readFileSync(join(import.meta.dirname, "../fixtures/pictures", name));

/** A PNG's chunk as a reader that checks no checksums takes it. */
export const pngChunk = (type: string, content: Uint8Array): Buffer => {
	const length = Buffer.alloc(4);
	length.writeUInt32BE(content.length);
	return Buffer.concat([length, Buffer.from(type, "latin1"), content, Buffer.alloc(4)]);
};

/** The picture that says it has this width. */
export const widened = (png: Buffer, width: number): Buffer => {
	const copy = Buffer.from(png);
	copy.writeUInt32BE(width, 16);
	return copy;
};
