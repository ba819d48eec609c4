/** A square of a picture, in its pixels. */
export interface SquareRegion {
	readonly left: number;
	readonly top: number;
	readonly side: number;
}

/** The largest avatar that is shown, on the densest screens. */
const edgePixels = 320;
const quality = 0.86;

/** The square, scaled, as a file of pixels alone: what the camera wrote beside them (place, time, device) is not in it. */
export async function encodePicture(picture: ImageBitmap, { left, top, side }: SquareRegion): Promise<Blob> {
	const scaled = await createImageBitmap(picture, left, top, side, side, {
		resizeWidth: edgePixels,
		resizeHeight: edgePixels,
		resizeQuality: "high",
	});
	const canvas = new OffscreenCanvas(edgePixels, edgePixels);
	const context = canvas.getContext("2d");
	if (context === null) throw new Error("this browser draws no pictures");
	// Round pictures lie on many colours: what is transparent becomes white.
	context.fillStyle = "#ffffff";
	context.fillRect(0, 0, edgePixels, edgePixels);
	context.drawImage(scaled, 0, 0);
	scaled.close();
	const webp = await canvas.convertToBlob({ type: "image/webp", quality });
	// A browser that cannot write WebP gives PNG, which is many times larger for photos.
	return webp.type === "image/webp" ? webp : canvas.convertToBlob({ type: "image/jpeg", quality });
}
