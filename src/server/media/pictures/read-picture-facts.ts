import { gifFacts } from "./gif-facts.ts";
import { jpegFacts } from "./jpeg-facts.ts";
import type { PictureFacts } from "./picture-facts.ts";
import { pngFacts } from "./png-facts.ts";
import { webpFacts } from "./webp-facts.ts";

/**
 * What the bytes are, whatever they were sent as. undefined for anything else than one still picture from the first byte
 * to the last: what follows a picture's end, or moves, is not one.
 */
export const readPictureFacts = (bytes: Uint8Array): PictureFacts | undefined => {
	for (const read of [pngFacts, jpegFacts, webpFacts, gifFacts]) {
		const facts = read(bytes);
		if (facts !== undefined) return facts.width > 0 && facts.height > 0 ? facts : undefined;
	}
	return undefined;
};
