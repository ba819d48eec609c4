/**
 * Ed25519 in pure JavaScript: the verifier that authorization uses when the caller brings none, so that state resolution
 * decides on third-party invites in the same way everywhere. About ten times slower than a native one.
 */
import { ed25519 } from "@noble/curves/ed25519.js";
import type { SignatureVerifier } from "../ports/signature-verifier.ts";

/** Verifies by RFC 8032, without the leniency of ZIP-215. */
export const nobleVerifier: SignatureVerifier = Object.freeze({
	verify: (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean => {
		if (publicKey.length !== 32 || signature.length !== 64) return false;
		try {
			return ed25519.verify(signature, message, publicKey, { zip215: false });
		} catch {
			// A key or signature that is no point of the curve.
			return false;
		}
	},
});
