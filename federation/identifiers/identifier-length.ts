/**
 * The length limit of identifiers is in bytes of UTF-8, not in characters.
 * Source: Matrix v1.19 Client-Server API, "Size limits"; appendices, "Identifier Grammar".
 */

/** Longest identifier, event type or state key, in bytes of UTF-8. */
const maxIdentifierBytes = 255;

/** True when the text is well-formed Unicode and at most 255 bytes long as UTF-8. */
export const fitsIdentifier = (text: string): boolean => {
	if (text.length > maxIdentifierBytes) {
		return false;
	}
	let bytes = 0;
	for (const character of text) {
		const code = character.codePointAt(0) ?? 0;
		if (code >= 0xd800 && code <= 0xdfff) {
			return false;
		}
		bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
	}
	return bytes <= maxIdentifierBytes;
};
