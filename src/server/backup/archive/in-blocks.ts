export interface Block {
	readonly block: Buffer;
	readonly isLast: boolean;
}

/** Cuts a stream into blocks of one size; the last one, marked, may be shorter, and is empty only if the stream is. */
export async function* inBlocks(source: AsyncIterable<Uint8Array>, sizeBytes: number): AsyncGenerator<Block> {
	let pieces: Uint8Array[] = [];
	let heldBytes = 0;
	for await (const piece of source) {
		pieces.push(piece);
		heldBytes += piece.length;
		if (heldBytes <= sizeBytes) continue;
		let held = Buffer.concat(pieces);
		// A full block waits until more comes: it may be the last.
		while (held.length > sizeBytes) {
			yield { block: held.subarray(0, sizeBytes), isLast: false };
			held = held.subarray(sizeBytes);
		}
		pieces = [held];
		heldBytes = held.length;
	}
	yield { block: Buffer.concat(pieces), isLast: true };
}
