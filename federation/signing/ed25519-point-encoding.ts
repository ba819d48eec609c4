/**
 * Which encoded points a key or the first half of a signature may be. Ed25519 libraries differ over points of small order
 * and over coordinates that are not reduced; servers that differ over a signature differ over a room. Every driver
 * therefore refuses both before it verifies, as libsodium does. Source: RFC 8032 sections 5.1.3 and 5.1.7; Matrix v1.19
 * appendices, "Signing Details", which names NaCl.
 */
import { coordinateByte, coordinateOf, hasCoordinate } from "./coordinate-bytes.ts";

/** True for 32 bytes with a reduced y coordinate that belongs to no point of order 1, 2, 4 or 8. */
export const isAcceptablePointEncoding = (bytes: Uint8Array): boolean =>
	bytes.length === 32 && isReduced(bytes) && !smallOrderYs.some((y) => hasCoordinate(bytes, y));

/** y < p = 2^255 - 19, little-endian, the sign bit of x left aside. */
const isReduced = (bytes: Uint8Array): boolean => {
	for (let index = 31; index > 0; index--) {
		if (coordinateByte(bytes, index) !== (index === 31 ? 0x7f : 0xff)) {
			return true;
		}
	}
	return coordinateByte(bytes, 0) < 0xed;
};

/** The y coordinates of the eight points of small order: 0, 1, -1 and the two of order 8. */
const smallOrderYs: readonly Uint8Array[] = [
	"0000000000000000000000000000000000000000000000000000000000000000",
	"0100000000000000000000000000000000000000000000000000000000000000",
	"ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
	"c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
	"26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
].map(coordinateOf);
