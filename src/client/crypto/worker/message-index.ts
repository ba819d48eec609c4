/**
 * Where in its session a Megolm ciphertext stands. The machine tells nobody, and without it the same ciphertext could be
 * handed out as another event. The machine also reads forms of a message that nobody writes (a field twice, numbers that
 * are longer than needed, fields of other tags) and checks what it made of them: whoever carries a message could so give
 * it another look. So one form alone counts here, and everything else is refused before the machine sees it. Olm's Megolm
 * specification, "Message format": version 3; tag 0x08, the index; tag 0x12, the ciphertext's length and bytes; then 8
 * bytes of MAC and 64 of signature.
 */
export const messageIndexOf = (ciphertext: string): number | undefined => {
	const bytes = decodeUnpadded(ciphertext);
	if (bytes?.[0] !== version || bytes[1] !== indexTag) return undefined;
	const index = readNumber(bytes, 2);
	if (index === undefined || bytes[index.end] !== ciphertextTag) return undefined;
	const length = readNumber(bytes, index.end + 1);
	if (length === undefined || length.end + length.value + macBytes + signatureBytes !== bytes.length) return undefined;
	return index.value;
};

const version = 3;
const indexTag = 0x08;
const ciphertextTag = 0x12;
const macBytes = 8;
const signatureBytes = 64;
const largest = 2 ** 32 - 1;

/** A number in groups of seven bits, the lowest first, with no group too many. */
const readNumber = (bytes: Uint8Array, start: number): { readonly value: number; readonly end: number } | undefined => {
	let value = 0;
	for (let at = start, place = 1; at < start + 5; at += 1, place *= 128) {
		const byte = bytes[at];
		if (byte === undefined) return undefined;
		value += (byte & 0x7f) * place;
		const isLast = (byte & 0x80) === 0;
		if (isLast) return (byte === 0 && at > start) || value > largest ? undefined : { value, end: at + 1 };
	}
	return undefined;
};

/** Base64 without padding, whose last bits stand for nothing: exactly one text for the bytes. */
const decodeUnpadded = (text: string): Uint8Array | undefined => {
	if (!/^[A-Za-z0-9+/]*$/.test(text)) return undefined;
	try {
		const binary = atob(text);
		return btoa(binary).replace(/=+$/, "") === text ? Uint8Array.from(binary, (one) => one.charCodeAt(0)) : undefined;
	} catch {
		return undefined;
	}
};
