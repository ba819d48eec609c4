/**
 * The text of an archive is a row of frames: the length of the content (32 bits, big-endian), a letter, the content.
 * `M` manifest, `T` a table begins, `F` a file begins, `D` data of what began, `E` it ends, `Z` the archive ends; all but
 * the data are JSON.
 */
export interface Frame {
	readonly kind: FrameKind;
	readonly content: Buffer;
}

export type FrameKind = (typeof frameKinds)[number];

export const frameKinds = ["M", "T", "F", "D", "E", "Z"] as const;

export const frameHeadSizeBytes = 5;

/** No frame is longer, so that reading one takes little memory whatever stands in a file. */
export const largestContentBytes = 1024 * 1024;

export const jsonFrame = (kind: Exclude<FrameKind, "D">, value: unknown): Buffer[] =>
	frame(kind, Buffer.from(JSON.stringify(value), "utf8"));

/** Data as frames, none too long. */
export function* dataFrames(data: Uint8Array): Generator<Buffer> {
	for (let at = 0; at < data.length; at += largestContentBytes) {
		yield* frame("D", data.subarray(at, at + largestContentBytes));
	}
}

const frame = (kind: FrameKind, content: Uint8Array): Buffer[] => {
	if (content.length > largestContentBytes) throw new RangeError("a frame of the backup is too long");
	const head = Buffer.alloc(frameHeadSizeBytes);
	head.writeUInt32BE(content.length);
	head.write(kind, 4, "latin1");
	return [head, Buffer.from(content.buffer, content.byteOffset, content.length)];
};
