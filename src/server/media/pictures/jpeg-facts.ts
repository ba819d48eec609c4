import { byteReader } from "./byte-reader.ts";
import type { PictureFacts } from "./picture-facts.ts";

const endOfImage = 0xd9;
const startOfScan = 0xda;
/** Baseline, extended and progressive frames; not C4, C8 and CC, which are no frames. */
const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

/** ITU-T T.81, annex B: segments from SOI to EOI; behind a scan's head come its data, in which FF is followed by 00 or RST. */
export const jpegFacts = (bytes: Uint8Array): PictureFacts | undefined => {
	const file = byteReader(bytes);
	if (!(file.byte(0) === 0xff && file.byte(1) === 0xd8 && file.byte(2) === 0xff)) return undefined;
	let facts: PictureFacts | undefined;
	for (let at = 2; file.byte(at) === 0xff; ) {
		const marker = file.byte(at + 1);
		if (marker === 0xff) {
			at += 1;
			continue;
		}
		if (marker === endOfImage) return at + 2 === bytes.length ? facts : undefined;
		const length = file.big16(at + 2);
		if (!(length >= 2)) return undefined;
		if (isFrame(marker)) {
			if (facts !== undefined) return undefined;
			facts = { contentType: "image/jpeg", width: file.big16(at + 7), height: file.big16(at + 5) };
		}
		at += 2 + length;
		if (marker === startOfScan) at = endOfScan(bytes, at);
	}
	return undefined;
};

/** The place of the next marker that belongs to no scan. */
const endOfScan = (bytes: Uint8Array, start: number): number => {
	for (let at = bytes.indexOf(0xff, start); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
		const next = bytes[at + 1] ?? 0;
		if (next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at;
	}
	return bytes.length;
};
