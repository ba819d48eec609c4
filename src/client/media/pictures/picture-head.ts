/**
 * What a picture says of itself in its first bytes, whoever sent it: enough to know that it is pixels, and how many a
 * browser would have to make of it. What follows is the decoder's business.
 */
export interface PictureHead {
	readonly type: "image/png" | "image/jpeg" | "image/webp" | "image/gif";
	readonly width: number;
	readonly height: number;
}

/** Cameras put much in front of the size: it is looked for in so many bytes. */
export const headBytes = 1_048_576;

/** undefined: none of the kinds that are shown. */
export function readPictureHead(bytes: Uint8Array): PictureHead | undefined {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const says = (at: number, word: string): boolean =>
		[...word].every((letter, index) => bytes[at + index] === letter.charCodeAt(0));
	try {
		const found = headOf(view, says);
		return found !== undefined && found.width > 0 && found.height > 0 ? found : undefined;
	} catch (error) {
		// It ends before its size.
		if (error instanceof RangeError) return undefined;
		throw error;
	}
}

function headOf(view: DataView, says: (at: number, word: string) => boolean): PictureHead | undefined {
	if (says(0, "\x89PNG\r\n\x1a\n") && says(12, "IHDR")) {
		return { type: "image/png", width: view.getUint32(16), height: view.getUint32(20) };
	}
	if (says(0, "GIF87a") || says(0, "GIF89a")) {
		return { type: "image/gif", width: view.getUint16(6, true), height: view.getUint16(8, true) };
	}
	if (says(0, "RIFF") && says(8, "WEBP")) {
		const size = says(12, "VP8 ")
			? lossy(view)
			: says(12, "VP8L")
				? lossless(view)
				: says(12, "VP8X") && extended(view);
		return size ? { type: "image/webp", ...size } : undefined;
	}
	return says(0, "\xff\xd8\xff") ? jpegHead(view) : undefined;
}

type Size = Pick<PictureHead, "width" | "height">;

const lossy = (view: DataView): Size => ({
	width: view.getUint16(26, true) & 0x3fff,
	height: view.getUint16(28, true) & 0x3fff,
});

const lossless = (view: DataView): Size => {
	const bits = view.getUint32(21, true);
	return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
};

const extended = (view: DataView): Size => ({
	width: (view.getUint32(24, true) & 0xffffff) + 1,
	height: (view.getUint32(26, true) >>> 8) + 1,
});

/** Segments with their lengths up to the frame. */
function jpegHead(view: DataView): PictureHead | undefined {
	let at = 2;
	while (view.getUint8(at) === 0xff) {
		const marker = view.getUint8(at + 1);
		if (marker === 0xff) {
			at += 1;
		} else if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
			return { type: "image/jpeg", width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
		} else if (marker === 0xda || marker === 0xd9) {
			return undefined;
		} else {
			at += 2 + Math.max(2, view.getUint16(at + 2));
		}
	}
	return undefined;
}
