/** Coordinates of points as both curves write them: 32 bytes, the lowest first. The highest bit is none of the coordinate's. */

/** Whether these bytes write the coordinate, whatever the highest bit says. */
export const hasCoordinate = (bytes: Uint8Array, coordinate: Uint8Array): boolean =>
	coordinate.every((byte, index) => byte === coordinateByte(bytes, index));

/** One byte of the coordinate that these bytes write. */
export const coordinateByte = (bytes: Uint8Array, index: number): number =>
	(bytes[index] ?? 0) & (index === 31 ? 0x7f : 0xff);

/** A coordinate that stands in the source as 64 hexadecimal digits. */
export const coordinateOf = (hex: string): Uint8Array =>
	Uint8Array.from({ length: 32 }, (_, index) => Number.parseInt(hex.slice(index * 2, index * 2 + 2), 16));
