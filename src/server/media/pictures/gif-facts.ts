import { byteReader } from "./byte-reader.ts";
import type { PictureFacts } from "./picture-facts.ts";

const extension = 0x21;
const image = 0x2c;
const trailer = 0x3b;
/** The size of a colour table, from the packed field in front of it. */
const tableSize = (packed: number): number => ((packed & 0x80) === 0 ? 0 : 3 * 2 ** ((packed & 7) + 1));

/** GIF89a, sections 17 to 27: a screen, then blocks up to the trailer. With more than one image it would move. */
export const gifFacts = (bytes: Uint8Array): PictureFacts | undefined => {
	const file = byteReader(bytes);
	if (!(file.says(0, "GIF87a") || file.says(0, "GIF89a"))) return undefined;
	let images = 0;
	let at = 13 + tableSize(file.byte(10));
	for (; file.byte(at) !== trailer; ) {
		const kind = file.byte(at);
		if (kind === image) images += 1;
		else if (kind !== extension) return undefined;
		// An image has a descriptor, perhaps a table, and a code size in front of its data; an extension has a label.
		const head = kind === image ? 10 + tableSize(file.byte(at + 9)) + 1 : 2;
		at = endOfBlocks(bytes, at + head);
	}
	if (images !== 1 || at + 1 !== bytes.length) return undefined;
	return { contentType: "image/gif", width: file.little16(6), height: file.little16(8) };
};

/** Behind the sub-blocks, each with its length in front and an empty one at the end; beyond the file where they are cut off. */
const endOfBlocks = (bytes: Uint8Array, start: number): number => {
	let at = start;
	while (at < bytes.length && bytes[at] !== 0) at += 1 + (bytes[at] ?? 0);
	return at + 1;
};
