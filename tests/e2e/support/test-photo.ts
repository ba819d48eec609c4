import type { Page } from "@playwright/test";

/** What the camera wrote beside the pixels: must not leave the browser. */
export const cameraWords = "GPS-52.5163-13.3777-CANARY";

/** A photo as a camera makes it: noise, so that it is some hundreds of kilobytes, with words about where it was made. */
export async function takePhoto(page: Page, { width = 1200, height = 900 } = {}) {
	const pixels = await page.evaluate(
		async (size) => {
			const canvas = new OffscreenCanvas(size.width, size.height);
			const context = canvas.getContext("2d");
			if (context === null) throw new Error("no canvas");
			const gradient = context.createLinearGradient(0, 0, size.width, size.height);
			gradient.addColorStop(0, "#e0703a");
			gradient.addColorStop(1, "#1c5a7a");
			context.fillStyle = gradient;
			context.fillRect(0, 0, size.width, size.height);
			for (let at = 0; at < 60_000; at += 1) {
				context.fillStyle = `hsl(${(at * 37) % 360} 60% 50% / 0.5)`;
				context.fillRect((at * 7919) % size.width, (at * 104_729) % size.height, 3, 3);
			}
			const blob = await canvas.convertToBlob({ type: "image/jpeg", quality: 0.92 });
			return [...new Uint8Array(await blob.arrayBuffer())];
		},
		{ width, height },
	);
	const words = Buffer.from(`Exif\0\0${cameraWords}`);
	const head = Buffer.from([0xff, 0xd8, 0xff, 0xe1, 0, words.length + 2]);
	const buffer = Buffer.concat([head, words, Buffer.from(pixels).subarray(2)]);
	return { name: "IMG_2041.jpg", mimeType: "image/jpeg", buffer };
}
