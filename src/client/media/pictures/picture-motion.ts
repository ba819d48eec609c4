/**
 * Whether a picture has more than one frame, as its bytes say: of a GIF all of them, of the others the first ones. What is
 * cut off, or nonsense, does not move: the decoder shows of it what it can.
 */
export function doesMove(bytes: Uint8Array): boolean {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const says = (at: number, word: string): boolean =>
		[...word].every((letter, index) => bytes[at + index] === letter.charCodeAt(0));
	try {
		if (says(0, "GIF8")) return hasSecondFrame(view);
		if (says(0, "RIFF") && says(8, "WEBPVP8X")) return (view.getUint8(20) & 0b10) !== 0;
		return says(0, "\x89PNG") && isAnimatedPng(view, says);
	} catch (error) {
		if (error instanceof RangeError) return false;
		throw error;
	}
}

const [extension, frame] = [0x21, 0x2c];

function hasSecondFrame(view: DataView): boolean {
	let at = 13 + coloursAfter(view.getUint8(10));
	for (let frames = 0; ; ) {
		const kind = view.getUint8(at);
		if (kind === frame) {
			frames += 1;
			if (frames > 1) return true;
			at += 11 + coloursAfter(view.getUint8(at + 9));
		} else if (kind === extension) at += 2;
		else return false;
		at = afterBlocks(view, at);
	}
}

/** How long the table of colours is that follows. */
function coloursAfter(flags: number): number {
	return (flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1);
}

/** Blocks say how long they are; one of no length ends them. */
function afterBlocks(view: DataView, from: number): number {
	let at = from;
	for (let length = view.getUint8(at); length > 0; length = view.getUint8(at)) at += 1 + length;
	return at + 1;
}

/** It says so before the first pixels. */
function isAnimatedPng(view: DataView, says: (at: number, word: string) => boolean): boolean {
	for (let at = 8; !says(at + 4, "IDAT"); at += 12 + view.getUint32(at)) if (says(at + 4, "acTL")) return true;
	return false;
}
