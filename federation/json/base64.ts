/**
 * Unpadded base64 in both alphabets. Decoders of the platform skip characters they do not know; this one refuses them,
 * impossible lengths and wrong padding. Correct padding is accepted, as are bits beyond the last whole byte: other
 * servers accept both, and a value is opaque only after decoding.
 * Source: Matrix v1.19 appendices, "Unpadded Base64" and "Binary data"; RFC 4648.
 */

const standardAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const urlAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** Standard alphabet, no padding. */
export const encodeBase64 = (bytes: Uint8Array): string => encode(bytes, standardAlphabet);

/** URL-safe alphabet, no padding. */
export const encodeBase64Url = (bytes: Uint8Array): string => encode(bytes, urlAlphabet);

/** Decodes the standard alphabet; `undefined` when the text is no base64. */
export const decodeBase64 = (text: string): Uint8Array | undefined => decode(text, standardValues);

/** Decodes the URL-safe alphabet; `undefined` when the text is no base64. */
export const decodeBase64Url = (text: string): Uint8Array | undefined => decode(text, urlValues);

const encode = (bytes: Uint8Array, alphabet: string): string => {
	let text = "";
	for (let at = 0; at < bytes.length; at += 3) {
		const left = bytes.length - at;
		const bits = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
		text += alphabet.charAt(bits >> 18) + alphabet.charAt((bits >> 12) & 63);
		if (left > 1) {
			text += alphabet.charAt((bits >> 6) & 63);
		}
		if (left > 2) {
			text += alphabet.charAt(bits & 63);
		}
	}
	return text;
};

const noValue = 255;

const valuesOf = (alphabet: string): Uint8Array => {
	const values = new Uint8Array(128).fill(noValue);
	for (let index = 0; index < alphabet.length; index++) {
		values[alphabet.charCodeAt(index)] = index;
	}
	return values;
};
const standardValues = valuesOf(standardAlphabet);
const urlValues = valuesOf(urlAlphabet);

const decode = (text: string, values: Uint8Array): Uint8Array | undefined => {
	const length = unpaddedLength(text);
	if (length === undefined) {
		return undefined;
	}
	const bytes = new Uint8Array(Math.floor((length * 3) / 4));
	let bits = 0;
	let held = 0;
	let at = 0;
	for (let index = 0; index < length; index++) {
		const value = values[text.charCodeAt(index)] ?? noValue;
		if (value === noValue) {
			return undefined;
		}
		bits = ((bits << 6) | value) & 0xfff;
		held += 6;
		if (held >= 8) {
			held -= 8;
			bytes[at++] = (bits >> held) & 0xff;
		}
	}
	return bytes;
};

/** Length without `=`; `undefined` when padding does not fill up to a multiple of four or one character stands alone. */
const unpaddedLength = (text: string): number | undefined => {
	const firstPad = text.indexOf("=");
	const length = firstPad === -1 ? text.length : firstPad;
	if (length % 4 === 1) {
		return undefined;
	}
	return firstPad === -1 || text.slice(firstPad) === "=".repeat((4 - (length % 4)) % 4) ? length : undefined;
};
