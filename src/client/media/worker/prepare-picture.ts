import { encodeBlurhash } from "../pictures/blurhash.ts";
import { headBytes, readPictureHead } from "../pictures/picture-head.ts";
import { drawWithin, encodeWithin, thumbnailEdge, thumbnailQuality } from "./encode-within.ts";
import type { MediaAnswers } from "./media-message.ts";

/** More than any camera's photo has; beyond it decoding could take all memory. */
const mostBytes = 40_000_000;
const mostPixels = 120_000_000;
/** Enough to zoom into, and to print. */
const fullEdge = 2560;
const fullQuality = 0.86;
const blurEdge = 32;

/**
 * Makes a file that somebody chose a picture to send: the right way up, not larger than anybody needs, and pixels alone.
 * What the camera wrote beside them (place, time, device) is not in it.
 */
export async function preparePicture(file: Blob): Promise<MediaAnswers["prepare"]> {
	if (file.size > mostBytes) return { kind: "refused", fault: "too-large" };
	const head = readPictureHead(new Uint8Array(await file.slice(0, headBytes).arrayBuffer()));
	if (head !== undefined && head.width * head.height > mostPixels) return { kind: "refused", fault: "too-large" };
	const whole = await createImageBitmap(file, { imageOrientation: "from-image" }).catch(() => undefined);
	if (whole === undefined) return { kind: "refused", fault: "not-a-picture" };
	try {
		const full = await encodeWithin(whole, fullEdge, fullQuality);
		const isLarge = Math.max(full.width, full.height) > thumbnailEdge;
		const thumbnail = isLarge ? await encodeWithin(whole, thumbnailEdge, thumbnailQuality) : undefined;
		return { kind: "prepared", picture: { full, thumbnail, blurhash: blurOf(whole) } };
	} finally {
		whole.close();
	}
}

function blurOf(whole: ImageBitmap): string {
	const canvas = drawWithin(whole, blurEdge);
	const pixels = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height);
	if (pixels === undefined) throw new Error("this browser draws no pictures");
	return encodeBlurhash({ width: pixels.width, height: pixels.height, data: new Uint8ClampedArray(pixels.data) });
}
