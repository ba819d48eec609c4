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

type Fetch = (path: string, init: RequestInit) => Promise<Response>;

export async function fetchPicture(
	{ path, keys, isRetry }: Extract<MediaCall, { kind: "fetch" }>,
	fetchPath: Fetch,
): Promise<Opened> {
	const content = await download(path, isRetry, fetchPath);
	if (!(content instanceof Blob)) return refused(content);
	return keys === undefined ? asPicture(content) : openSealed(content, keys, true);
}

async function download(path: string, isRetry: boolean, fetchPath: Fetch): Promise<Blob | PictureFault> {
	try {
		const response = await fetchPath(path, { credentials: "same-origin", cache: isRetry ? "reload" : "default" });
		if (response.status === 404) return "gone";
		if (!response.ok || response.body === null) return "unavailable";
		return await collect(response.body);
	} catch {
		return "unavailable";
	}
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
