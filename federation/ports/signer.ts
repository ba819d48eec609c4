import type { KeyId, ServerName } from "../identifiers/identifier-types.ts";

/** Signs for one server with its current Ed25519 key. Matrix v1.19 appendices, "Signing JSON". */
export interface Signer {
	readonly serverName: ServerName;
	readonly keyId: KeyId;
	/** The 64-byte Ed25519 signature over the message. */
	sign(message: Uint8Array): Uint8Array;
}
