/** Numbers and names at places of a file. Beyond its end every number is NaN, so that no comparison with one holds. */
export const byteReader = (bytes: Uint8Array) => {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const at = (offset: number, size: number, read: () => number): number =>
		offset >= 0 && offset + size <= bytes.length ? read() : Number.NaN;
	return {
		byte: (offset: number): number => at(offset, 1, () => view.getUint8(offset)),
		big16: (offset: number): number => at(offset, 2, () => view.getUint16(offset)),
		big32: (offset: number): number => at(offset, 4, () => view.getUint32(offset)),
		little16: (offset: number): number => at(offset, 2, () => view.getUint16(offset, true)),
		little24: (offset: number): number =>
			at(offset, 3, () => view.getUint16(offset, true) + view.getUint8(offset + 2) * 65_536),
		little32: (offset: number): number => at(offset, 4, () => view.getUint32(offset, true)),
		/** Whether these characters, one byte each, stand there. */
		says: (offset: number, text: string): boolean =>
			[...text].every((letter, index) => bytes[offset + index] === letter.charCodeAt(0)),
	};
};
