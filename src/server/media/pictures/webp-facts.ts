import { byteReader } from "./byte-reader.ts";
import type { PictureFacts } from "./picture-facts.ts";

const contentType = "image/webp";
const animated = 0b10;
const firstChunk = 12;

/** RFC 9649: a RIFF container as long as it says, that begins with a lossy, lossless or extended picture. */
export const webpFacts = (bytes: Uint8Array): PictureFacts | undefined => {
	const file = byteReader(bytes);
	if (!(file.says(0, "RIFF") && file.says(8, "WEBP") && file.little32(4) + 8 === bytes.length)) return undefined;
	if (!hasWholeChunks(bytes)) return undefined;
	const data = firstChunk + 8;
	if (file.says(firstChunk, "VP8 ")) {
		if (!(file.byte(data + 3) === 0x9d && file.byte(data + 4) === 0x01 && file.byte(data + 5) === 0x2a))
			return undefined;
		return { contentType, width: file.little16(data + 6) & 0x3fff, height: file.little16(data + 8) & 0x3fff };
	}
	if (file.says(firstChunk, "VP8L")) {
		const bits = file.little32(data + 1);
		if (file.byte(data) !== 0x2f || Number.isNaN(bits)) return undefined;
		return { contentType, width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
	}
	if (!file.says(firstChunk, "VP8X") || (file.byte(data) & animated) !== 0) return undefined;
	return { contentType, width: file.little24(data + 4) + 1, height: file.little24(data + 7) + 1 };
};

/** One chunk after another, padded to even lengths, up to the last byte; none of them makes the picture move. */
const hasWholeChunks = (bytes: Uint8Array): boolean => {
	const file = byteReader(bytes);
	let at = firstChunk;
	while (at < bytes.length) {
		if (file.says(at, "ANIM") || file.says(at, "ANMF")) return false;
		const size = file.little32(at + 4);
		if (Number.isNaN(size)) return false;
		at += 8 + size + (size % 2);
	}
	return at === bytes.length;
};
