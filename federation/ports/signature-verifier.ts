/** Verifies Ed25519 signatures strictly (RFC 8032, no ZIP-215 leniency): every driver must refuse the same inputs. */
export interface SignatureVerifier {
	/** False for a wrong signature and for keys or signatures of a wrong length; never throws. */
	verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean;
}
