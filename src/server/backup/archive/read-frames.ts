import { BackupError } from "../backup-error.ts";
import { type Frame, frameHeadSizeBytes, frameKinds, largestContentBytes } from "./frame.ts";

/** The frames of an archive's text, one after the other. */
export async function* readFrames(text: AsyncIterable<Buffer>): AsyncGenerator<Frame> {
	let held: Buffer = Buffer.alloc(0);
	for await (const piece of text) {
		held = held.length === 0 ? piece : Buffer.concat([held, piece]);
		for (let frame = firstFrame(held); frame !== undefined; frame = firstFrame(held)) {
			held = held.subarray(frameHeadSizeBytes + frame.content.length);
			yield frame;
		}
	}
	if (held.length > 0) throw unreadable();
}

/** What a backup of this format never holds; its chunks were true, so whoever wrote it knew the passphrase. */
export const unreadable = (cause?: unknown): BackupError =>
	new BackupError("altered", "the backup's content cannot be read: nothing was restored", cause);

const firstFrame = (held: Buffer): Frame | undefined => {
	if (held.length < frameHeadSizeBytes) return undefined;
	const sizeBytes = held.readUInt32BE();
	const letter = held.toString("latin1", 4, frameHeadSizeBytes);
	const kind = frameKinds.find((known) => known === letter);
	if (kind === undefined || sizeBytes > largestContentBytes) throw unreadable();
	const end = frameHeadSizeBytes + sizeBytes;
	return held.length < end ? undefined : { kind, content: held.subarray(frameHeadSizeBytes, end) };
};
