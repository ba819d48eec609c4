import { decryptAttachment } from "../attachments/attachment-cipher.ts";
import type { AttachmentKeys } from "../attachments/encrypted-file.ts";
import { headBytes, readPictureHead } from "../pictures/picture-head.ts";
import type { MediaCall, Opened, PictureFault } from "./media-message.ts";

/** Of a file that somebody sent; decoded it takes many times as much. */
const mostBytes = 60_000_000;
/** What a browser can decode without taking all memory: the largest cameras of phones are below it. */
const mostPixels = 120_000_000;
const longestEdge = 16_384;

/** A picture's bytes as they came; the first byte that is not what was sent makes all of them nothing. */
export async function openSealed(ciphertext: Blob, keys: AttachmentKeys, isPicture: boolean): Promise<Opened> {
	const content = await decryptAttachment(ciphertext, keys);
	if (content === undefined) return refused("altered");
	return isPicture ? asPicture(content) : { kind: "opened", content };
}

/** What fetching a picture needs of its surroundings. */
export interface FetchParts {
	readonly fetch: (path: string, init: RequestInit) => Promise<Response>;
	readonly pause: (delayMs: number) => Promise<void>;
}

/** A server that has much to do, or asks another one, may have it a little later. */
const pausesMs = [1000, 4000] as const;

export async function fetchPicture(
	{ path, keys, isRetry }: Extract<MediaCall, { kind: "fetch" }>,
	parts: FetchParts,
): Promise<Opened> {
	const content = await download(path, isRetry, parts);
	if (!(content instanceof Blob)) return refused(content);
	return keys === undefined ? asPicture(content) : openSealed(content, keys, true);
}

async function download(path: string, isRetry: boolean, parts: FetchParts): Promise<Blob | PictureFault> {
	const init: RequestInit = { credentials: "same-origin", cache: isRetry ? "reload" : "default" };
	try {
		for (const pauseMs of [...pausesMs, undefined]) {
			const response = await parts.fetch(path, init);
			if (response.status === 404) return "gone";
			if (response.ok && response.body !== null) return await collect(response.body);
			if (response.status !== 429 || pauseMs === undefined) return "unavailable";
			await parts.pause(pauseMs);
		}
	} catch {
		// Nobody answers.
	}
	return "unavailable";
}

/** Nothing more is read once it is too much. */
async function collect(body: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<Blob | PictureFault> {
	const reader = body.getReader();
	const pieces: Uint8Array<ArrayBuffer>[] = [];
	let sizeBytes = 0;
	for (;;) {
		const { done, value } = await reader.read();
		if (done) return new Blob(pieces);
		sizeBytes += value.length;
		if (sizeBytes > mostBytes) {
			await reader.cancel();
			return "too-large";
		}
		pieces.push(value);
	}
}

/** What the bytes say themselves decides, not what anybody says of them. */
async function asPicture(content: Blob): Promise<Opened> {
	const head = readPictureHead(new Uint8Array(await content.slice(0, headBytes).arrayBuffer()));
	if (head === undefined) return refused("not-a-picture");
	if (head.width * head.height > mostPixels || Math.max(head.width, head.height) > longestEdge) {
		return refused("too-large");
	}
	return { kind: "opened", content: content.slice(0, content.size, head.type) };
}

function refused(fault: PictureFault): Opened {
	return { kind: "refused", fault };
}
