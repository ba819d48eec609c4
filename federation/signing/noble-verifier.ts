/**
 * The pure verifier: for tests, and where no driver is at hand. More than ten times slower than a native one.
 * @noble/curves checks the equation times the cofactor, native libraries check it as it is; what only the cofactor lets
 * through is refused, so that every driver decides alike. Source: RFC 8032 section 5.1.7.
 */
import { ed25519 } from "@noble/curves/ed25519.js";
import { bytesToNumberLE, concatBytes } from "@noble/curves/utils.js";
import { sha512 } from "@noble/hashes/sha2.js";
import type { SignatureVerifier } from "../ports/signature-verifier.ts";
import { isAcceptablePointEncoding } from "./ed25519-point-encoding.ts";

/** Verifies with @noble/curves, without the leniency of ZIP-215. */
export const nobleVerifier: SignatureVerifier = Object.freeze({
	verify: (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean => {
		if (signature.length !== 64 || !isAcceptablePointEncoding(publicKey)) {
			return false;
		}
		return (
			isAcceptablePointEncoding(signature.subarray(0, 32)) &&
			ed25519.verify(signature, message, publicKey, { zip215: false }) &&
			holdsWithoutCofactor(publicKey, message, signature)
		);
	},
});

/** [S]B = R + [k]A; the arguments have passed `ed25519.verify`, so both points decode and S is in range. */
const holdsWithoutCofactor = (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean => {
	const { Point } = ed25519;
	const encodedR = signature.subarray(0, 32);
	const challenge = bytesToNumberLE(sha512(concatBytes(encodedR, publicKey, message))) % Point.Fn.ORDER;
	const left = Point.BASE.multiplyUnsafe(bytesToNumberLE(signature.subarray(32)));
	const right = Point.fromBytes(encodedR).add(Point.fromBytes(publicKey).multiplyUnsafe(challenge));
	return left.equals(right);
};
