/**
 * UTF-8 by hand: this library has no TextEncoder, and JavaScript's own decoder replaces what is malformed where signed
 * bytes must be refused. Source: RFC 3629; Matrix v1.19 appendices, "Canonical JSON".
 */

const decodeChunk = 4096;

/** Bytes of UTF-8 that the text takes. A lone surrogate counts as three. */
export const utf8Length = (text: string): number => {
	let bytes = text.length;
	for (let index = 0; index < text.length; index++) {
		const unit = text.charCodeAt(index);
		if (unit < 0x80) {
			continue;
		}
		bytes += unit < 0x800 ? 1 : 2;
		if (unit >= 0xd800 && unit <= 0xdbff && isTrail(text.charCodeAt(index + 1))) {
			// A pair is two units and four bytes.
			index++;
		}
	}
	return bytes;
};

/** True when the text takes more bytes of UTF-8 than that; cheap where its length alone decides. */
export const isUtf8LongerThan = (text: string, maxBytes: number): boolean =>
	text.length > maxBytes || (text.length * 3 > maxBytes && utf8Length(text) > maxBytes);

/** Encodes text as UTF-8. Throws on a lone surrogate: text from `parseJson` holds none. */
export const encodeUtf8 = (text: string): Uint8Array => {
	const ascii = new Uint8Array(text.length);
	for (let index = 0; index < text.length; index++) {
		const unit = text.charCodeAt(index);
		if (unit >= 0x80) {
			return encodeWide(text);
		}
		ascii[index] = unit;
	}
	return ascii;
};

const encodeWide = (text: string): Uint8Array => {
	const bytes = new Uint8Array(utf8Length(text));
	let at = 0;
	for (let index = 0; index < text.length; index++) {
		const unit = text.charCodeAt(index);
		if (unit < 0x80) {
			bytes[at++] = unit;
		} else if (unit < 0x800) {
			bytes[at++] = 0xc0 | (unit >> 6);
			bytes[at++] = 0x80 | (unit & 0x3f);
		} else if (unit < 0xd800 || unit > 0xdfff) {
			bytes[at++] = 0xe0 | (unit >> 12);
			bytes[at++] = 0x80 | ((unit >> 6) & 0x3f);
			bytes[at++] = 0x80 | (unit & 0x3f);
		} else {
			const trail = text.charCodeAt(++index);
			if (unit > 0xdbff || !isTrail(trail)) {
				throw new RangeError("lone surrogate in text to encode");
			}
			const code = 0x10000 + ((unit & 0x3ff) << 10) + (trail & 0x3ff);
			bytes[at++] = 0xf0 | (code >> 18);
			bytes[at++] = 0x80 | ((code >> 12) & 0x3f);
			bytes[at++] = 0x80 | ((code >> 6) & 0x3f);
			bytes[at++] = 0x80 | (code & 0x3f);
		}
	}
	return bytes;
};

/** What `decodeUtf8` found: the text, or the offset of the first byte that is no well-formed UTF-8. */
export type Utf8Decoding =
	| { readonly kind: "ok"; readonly text: string }
	| { readonly kind: "malformed"; readonly at: number };

/** Decodes strictly: overlong forms, surrogates, code points above U+10FFFF and cut sequences are malformed. */
export const decodeUtf8 = (bytes: Uint8Array): Utf8Decoding => {
	let text = "";
	let at = 0;
	while (at < bytes.length) {
		const end = endOfAscii(bytes, at);
		if (end > at) {
			text += String.fromCharCode.apply(undefined, bytes.subarray(at, end) as unknown as number[]);
			at = end;
			continue;
		}
		const length = sequenceLength(bytes, at);
		if (length === 0) {
			return { kind: "malformed", at };
		}
		text += String.fromCodePoint(codePointAt(bytes, at, length));
		at += length;
	}
	return { kind: "ok", text };
};

/** Where the run of ASCII that begins at `at` ends, or a chunk's length later: arguments go on the stack. */
const endOfAscii = (bytes: Uint8Array, at: number): number => {
	const most = Math.min(bytes.length, at + decodeChunk);
	let end = at;
	while (end < most && (bytes[end] ?? 0) < 0x80) {
		end++;
	}
	return end;
};

const isTrail = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff;

/** Length of the well-formed multi-byte sequence at `at`, 0 when there is none (Unicode, table 3-7). */
const sequenceLength = (bytes: Uint8Array, at: number): number => {
	const lead = bytes[at] ?? 0;
	const length = lead >= 0xc2 && lead <= 0xdf ? 2 : (lead & 0xf0) === 0xe0 ? 3 : lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
	for (let index = 1; index < length; index++) {
		const byte = bytes[at + index] ?? 0;
		const lowest = index > 1 ? 0x80 : lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
		const highest = index > 1 ? 0xbf : lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
		if (byte < lowest || byte > highest) {
			return 0;
		}
	}
	return length;
};

const codePointAt = (bytes: Uint8Array, at: number, length: number): number => {
	let code = (bytes[at] ?? 0) & (0x7f >> length);
	for (let index = 1; index < length; index++) {
		code = (code << 6) | ((bytes[at + index] ?? 0) & 0x3f);
	}
	return code;
};
