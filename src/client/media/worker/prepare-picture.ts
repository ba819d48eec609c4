import { encodeBlurhash } from "../pictures/blurhash.ts";
import { headBytes, readPictureHead } from "../pictures/picture-head.ts";
import type { EncodedPicture, MediaAnswers } from "./media-message.ts";

/** More than any camera's photo has; beyond it decoding could take all memory. */
const mostBytes = 40_000_000;
const mostPixels = 120_000_000;
/** Enough to zoom into, and to print. */
const fullEdge = 2560;
const fullQuality = 0.86;
/** As large as a picture is drawn in a conversation, on the densest screens. */
const thumbnailEdge = 800;
const thumbnailQuality = 0.75;
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
		const full = await encode(whole, fullEdge, fullQuality);
		const isLarge = Math.max(full.width, full.height) > thumbnailEdge;
		const thumbnail = isLarge ? await encode(whole, thumbnailEdge, thumbnailQuality) : undefined;
		return { kind: "prepared", picture: { full, thumbnail, blurhash: blurOf(whole) } };
	} finally {
		whole.close();
	}
}

async function encode(whole: ImageBitmap, edge: number, quality: number): Promise<EncodedPicture> {
	const canvas = draw(whole, edge);
	const { width, height } = canvas;
	const webp = await canvas.convertToBlob({ type: "image/webp", quality });
	if (webp.type === "image/webp") return { content: webp, type: "image/webp", width, height };
	// A browser that cannot write WebP gives PNG, which is many times larger for photos.
	return { content: await canvas.convertToBlob({ type: "image/jpeg", quality }), type: "image/jpeg", width, height };
}

function blurOf(whole: ImageBitmap): string {
	const canvas = draw(whole, blurEdge);
	const pixels = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height);
	if (pixels === undefined) throw new Error("this browser draws no pictures");
	return encodeBlurhash({ width: pixels.width, height: pixels.height, data: new Uint8ClampedArray(pixels.data) });
}

function draw(whole: ImageBitmap, edge: number): OffscreenCanvas {
	const scale = Math.min(1, edge / Math.max(whole.width, whole.height));
	const [width, height] = [scaled(whole.width, scale), scaled(whole.height, scale)];
	const canvas = new OffscreenCanvas(width, height);
	const context = canvas.getContext("2d");
	if (context === null) throw new Error("this browser draws no pictures");
	context.imageSmoothingQuality = "high";
	context.drawImage(whole, 0, 0, width, height);
	return canvas;
}

function scaled(length: number, scale: number): number {
	return Math.max(1, Math.round(length * scale));
}
