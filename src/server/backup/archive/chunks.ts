import { createCipheriv, createDecipheriv } from "node:crypto";
import { BackupError } from "../backup-error.ts";
import type { ArchiveKey } from "./archive-keys.ts";
import { inBlocks } from "./in-blocks.ts";

/**
 * The STREAM construction over AES-256-GCM: the text is cut into chunks of one size, each sealed under its number and a
 * mark on the last one, with the header as associated data. So no chunk can be altered, moved, left out or added, and an
 * archive that was cut short has no last chunk.
 */
const cipher = "aes-256-gcm";
const chunkSizeBytes = 64 * 1024;
const tagSizeBytes = 16;
const nonceSizeBytes = 12;

/** The header and the sealed chunks of a text. */
export async function* sealChunks(text: AsyncIterable<Uint8Array>, key: ArchiveKey): AsyncGenerator<Buffer> {
	yield key.header;
	let number = 0;
	for await (const { block, isLast } of inBlocks(text, chunkSizeBytes)) {
		const sealing = createCipheriv(cipher, key.chunkKey, nonceOf(number, isLast)).setAAD(key.header);
		yield Buffer.concat([sealing.update(block), sealing.final(), sealing.getAuthTag()]);
		number += 1;
	}
}

/** The text of sealed chunks, which follow the header. Throws `altered` and `truncated`, having given only what is true. */
export async function* openChunks(sealed: AsyncIterable<Uint8Array>, key: ArchiveKey): AsyncGenerator<Buffer> {
	let number = 0;
	for await (const { block, isLast } of inBlocks(sealed, chunkSizeBytes + tagSizeBytes)) {
		const text = openChunk(block, key, nonceOf(number, isLast));
		if (text === undefined) {
			const wasCut = isLast && openChunk(block, key, nonceOf(number, false)) !== undefined;
			throw wasCut ? truncated() : altered();
		}
		yield text;
		number += 1;
	}
}

const openChunk = (block: Buffer, key: ArchiveKey, nonce: Buffer): Buffer | undefined => {
	const textSizeBytes = block.length - tagSizeBytes;
	if (textSizeBytes < 0) return undefined;
	const opening = createDecipheriv(cipher, key.chunkKey, nonce, { authTagLength: tagSizeBytes })
		.setAAD(key.header)
		.setAuthTag(block.subarray(textSizeBytes));
	try {
		return Buffer.concat([opening.update(block.subarray(0, textSizeBytes)), opening.final()]);
	} catch {
		return undefined;
	}
};

const nonceOf = (number: number, isLast: boolean): Buffer => {
	const nonce = Buffer.alloc(nonceSizeBytes);
	nonce.writeUIntBE(number, nonceSizeBytes - 7, 6);
	nonce[nonceSizeBytes - 1] = isLast ? 1 : 0;
	return nonce;
};

const altered = (): BackupError =>
	new BackupError("altered", "the backup is damaged, cut short or was altered: nothing was restored");

const truncated = (): BackupError => new BackupError("truncated", "the backup was cut short: nothing was restored");
