/**
 * How a file travels between servers: two parts, of which the first describes it (so far by an empty object) and the
 * second is its bytes, or says where they are.
 * Source: Matrix v1.19 Server-Server API, "Content Repository"; RFC 2046, section 5.1.
 */
import { encodeUtf8 } from "../json/utf8.ts";

/** A file on its way to another server. */
export interface MediaSource {
	readonly contentType: string;
	readonly content: AsyncIterable<Uint8Array>;
}

/** A file that came from another server. */
export interface MediaContent {
	readonly contentType: string;
	readonly body: Uint8Array;
}

/** What another server answered. */
export type MediaAnswer =
	| ({ readonly kind: "content" } & MediaContent)
	/** An address from which anybody gets the bytes, for a while. */
	| { readonly kind: "elsewhere"; readonly location: string };

const lineEnd = "\r\n";
const blank = "\r\n\r\n";
/** Names and values in front of a part: far more than any server writes there. */
const maxHeadBytes = 8192;

/**
 * The two parts as a body, in pieces, and its type. Only pictures may be shown where they are opened; all else is to be saved.
 * @param boundary letters and digits that do not occur in the content
 */
export const formatMediaAnswer = ({ contentType, content }: MediaSource, boundary: string): MediaSource => ({
	contentType: `multipart/mixed; boundary=${boundary}`,
	content: inParts({ contentType, content }, boundary),
});

const shownTypes: readonly string[] = ["image/png", "image/jpeg", "image/webp", "image/gif"];

async function* inParts({ contentType, content }: MediaSource, boundary: string): AsyncGenerator<Uint8Array> {
	yield encodeUtf8(
		[
			`--${boundary}`,
			"Content-Type: application/json",
			"",
			"{}",
			`--${boundary}`,
			`Content-Type: ${contentType}`,
			`Content-Disposition: ${shownTypes.includes(contentType) ? "inline" : "attachment"}`,
			"",
			"",
		].join(lineEnd),
	);
	yield* content;
	yield encodeUtf8(`${lineEnd}--${boundary}--${lineEnd}`);
}

/** Reads an answer of another server. undefined: it is none. The type of the content is the other server's word only. */
export const parseMediaAnswer = (contentType: string, body: Uint8Array): MediaAnswer | undefined => {
	const boundary = boundaryOf(contentType);
	const parts = boundary === undefined ? undefined : partsOf(body, encodeUtf8(`--${boundary}`));
	const content = parts?.length === 2 ? parts[1] : undefined;
	if (content === undefined) return undefined;
	const headers = headersOf(content.head);
	const location = headers.get("location");
	if (location !== undefined) return { kind: "elsewhere", location };
	const type = headers.get("content-type") ?? "application/octet-stream";
	return { kind: "content", contentType: type, body: content.body };
};

const boundaryOf = (contentType: string): string | undefined => {
	const [type, ...parameters] = contentType.split(";");
	if (type?.trim().toLowerCase() !== "multipart/mixed") return undefined;
	for (const parameter of parameters) {
		const found = /^\s*boundary=(?:"([^"]{1,70})"|([^\s";]{1,70}))\s*$/i.exec(parameter);
		const boundary = found?.[1] ?? found?.[2];
		if (boundary !== undefined && isAscii(boundary)) return boundary;
	}
	return undefined;
};

interface Part {
	readonly head: Uint8Array;
	readonly body: Uint8Array;
}

/** The parts between the delimiters; undefined when one has no end or no blank line. */
const partsOf = (body: Uint8Array, delimiter: Uint8Array): readonly Part[] | undefined => {
	const parts: Part[] = [];
	let at = indexOf(body, delimiter, 0);
	while (at >= 0) {
		const start = at + delimiter.length;
		// The last delimiter has two dashes behind it.
		if (body[start] === dash && body[start + 1] === dash) return parts;
		const next = indexOf(body, concat([encodeUtf8(lineEnd), delimiter]), start);
		const part = next < 0 ? undefined : splitPart(body.subarray(start + lineEnd.length, next));
		if (part === undefined || parts.length === 2) return undefined;
		parts.push(part);
		at = next + lineEnd.length;
	}
	return undefined;
};

const dash = 0x2d;

const splitPart = (part: Uint8Array): Part | undefined => {
	const end = indexOf(part.subarray(0, maxHeadBytes), encodeUtf8(blank), 0);
	return end < 0 ? undefined : { head: part.subarray(0, end), body: part.subarray(end + blank.length) };
};

const headersOf = (head: Uint8Array): ReadonlyMap<string, string> => {
	const text = String.fromCharCode(...head);
	return new Map(
		text.split(lineEnd).flatMap((line) => {
			const colon = line.indexOf(":");
			return colon < 0 ? [] : [[line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()] as const];
		}),
	);
};

const isAscii = (text: string): boolean => /^[\x20-\x7e]+$/.test(text);

const indexOf = (bytes: Uint8Array, wanted: Uint8Array, from: number): number => {
	const [first] = wanted;
	if (first === undefined) return -1;
	for (let at = bytes.indexOf(first, from); at >= 0; at = bytes.indexOf(first, at + 1)) {
		if (wanted.every((byte, index) => bytes[at + index] === byte)) return at;
	}
	return -1;
};

const concat = (pieces: readonly Uint8Array[]): Uint8Array => {
	const whole = new Uint8Array(pieces.reduce((size, piece) => size + piece.length, 0));
	let at = 0;
	for (const piece of pieces) {
		whole.set(piece, at);
		at += piece.length;
	}
	return whole;
};
