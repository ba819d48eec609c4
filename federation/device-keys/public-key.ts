/**
 * Public keys of devices and people as text. A key of small order makes every shared secret the same, so that whoever
 * hands one out can read along; libraries differ over which they refuse, and here none passes (DEV-01).
 * Source: Matrix v1.19 Client-Server API, "Key algorithms"; RFC 7748 section 6.1; RFC 8032 section 5.1.7.
 */
import { decodeBase64 } from "../json/base64.ts";
import { coordinateOf, hasCoordinate } from "../signing/coordinate-bytes.ts";
import { isAcceptablePointEncoding } from "../signing/ed25519-point-encoding.ts";

/** The 32 bytes of an Ed25519 key; `undefined` when the text is none, or one of small order. */
export const parseEd25519Key = (text: string): Uint8Array | undefined => {
	const bytes = decodeBase64(text);
	return bytes !== undefined && isAcceptablePointEncoding(bytes) ? bytes : undefined;
};

/** The 32 bytes of a Curve25519 key; `undefined` when the text is none, or one of small order. */
export const parseCurve25519Key = (text: string): Uint8Array | undefined => {
	const bytes = decodeBase64(text);
	return bytes?.length === 32 && !smallOrderUs.some((u) => hasCoordinate(bytes, u)) ? bytes : undefined;
};

/** The u coordinates of the points of small order on the curve and its twist: 0, 1, two of order 8, -1, and 0 and 1 not reduced. */
const smallOrderUs: readonly Uint8Array[] = [
	"0000000000000000000000000000000000000000000000000000000000000000",
	"0100000000000000000000000000000000000000000000000000000000000000",
	"e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
	"5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
	"ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
	"edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
	"eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
].map(coordinateOf);
