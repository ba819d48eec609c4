/** More than any camera's photo has; beyond it decoding could take all memory. */
const mostBytes = 40_000_000;
/** What is kept of a photo: enough to zoom into. */
const mostPixels = 2048;

/**
 * Decodes a photo the right way up, smaller where it is large. Decoding and scaling happen outside the page's own thread.
 * undefined: this is no picture that the browser knows, or far too large.
 */
export async function loadPicture(file: Blob): Promise<ImageBitmap | undefined> {
	if (file.size > mostBytes) return undefined;
	try {
		const whole = await createImageBitmap(file, { imageOrientation: "from-image" });
		const scale = mostPixels / Math.max(whole.width, whole.height);
		if (scale >= 1) return whole;
		const small = await createImageBitmap(whole, {
			resizeWidth: Math.max(1, Math.round(whole.width * scale)),
			resizeHeight: Math.max(1, Math.round(whole.height * scale)),
			resizeQuality: "high",
		});
		whole.close();
		return small;
	} catch {
		return undefined;
	}
}
