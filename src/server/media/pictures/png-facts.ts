import { byteReader } from "./byte-reader.ts";
import type { PictureFacts } from "./picture-facts.ts";

const signature = "\x89PNG\r\n\x1a\n";
/** Length, type and checksum. */
const chunkFrame = 12;

/** PNG (third edition), section 5: a signature, then chunks from IHDR to IEND; `acTL` would make it move. */
export const pngFacts = (bytes: Uint8Array): PictureFacts | undefined => {
	const file = byteReader(bytes);
	if (!(file.says(0, signature) && file.says(12, "IHDR") && file.big32(8) === 13)) return undefined;
	const facts = { contentType: "image/png", width: file.big32(16), height: file.big32(20) } as const;
	let hasPixels = false;
	for (let at = signature.length; at < bytes.length; ) {
		const end = at + chunkFrame + file.big32(at);
		if (!(end <= bytes.length) || file.says(at + 4, "acTL")) return undefined;
		if (file.says(at + 4, "IDAT")) hasPixels = true;
		if (file.says(at + 4, "IEND")) return hasPixels && end === bytes.length ? facts : undefined;
		at = end;
	}
	return undefined;
};
