import type { EncodedPicture } from "./media-message.ts";

/** As large as a picture is drawn in a conversation, on the densest screens. */
export const thumbnailEdge = 800;
export const thumbnailQuality = 0.75;

/** Draws a picture anew, its longer edge not longer than this. */
export async function encodeWithin(whole: ImageBitmap, edge: number, quality: number): Promise<EncodedPicture> {
	const canvas = drawWithin(whole, edge);
	const { width, height } = canvas;
	const webp = await canvas.convertToBlob({ type: "image/webp", quality });
	if (webp.type === "image/webp") return { content: webp, type: "image/webp", width, height };
	// A browser that cannot write WebP gives PNG, which is many times larger for photos.
	return { content: await canvas.convertToBlob({ type: "image/jpeg", quality }), type: "image/jpeg", width, height };
}

export function drawWithin(whole: ImageBitmap, edge: number): OffscreenCanvas {
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
