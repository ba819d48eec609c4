import { Readable, type Transform } from "node:stream";
import { pipeline } from "node:stream/promises";

/**
 * What comes out of a stream that the source goes into. An error of the source or the stream reaches whoever reads; when
 * reading ends early, the stream and the source are closed.
 */
export async function* passThrough(source: AsyncIterable<Uint8Array>, stream: Transform): AsyncGenerator<Buffer> {
	const feeding = pipeline(Readable.from(source), stream);
	// Reading fails with the same error, or has ended; nobody else is to hear of it.
	feeding.catch(() => undefined);
	try {
		for await (const piece of stream) yield piece;
		await feeding;
	} finally {
		stream.destroy();
	}
}
