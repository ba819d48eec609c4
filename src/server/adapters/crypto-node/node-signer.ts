/** The production driver of the Signer port: Ed25519 of node:crypto. */
import { createPrivateKey, createPublicKey, sign } from "node:crypto";
import type { KeyId, ServerName } from "@federation/identifiers/identifier-types.ts";
import type { Signer } from "@federation/ports/signer.ts";

/** DER in front of a raw Ed25519 seed (RFC 8410 section 7). */
const pkcs8Prefix = Buffer.from("302e020100300506032b657004220420", "hex");

/** DER in front of the raw key in the public key's encoding (RFC 8410 section 4). */
const spkiPrefixBytes = 12;

/** A signer together with the public key that the server publishes. */
export interface NodeSigner extends Signer {
	/** 32 bytes. */
	readonly publicKey: Uint8Array;
}

/**
 * A signer for a seed, the 32 secret bytes of a server's key file.
 * @throws RangeError when the seed is not 32 bytes long.
 */
export const createNodeSigner = (seed: Uint8Array, serverName: ServerName, keyId: KeyId): NodeSigner => {
	if (seed.length !== 32) {
		throw new RangeError("the seed of an Ed25519 key is 32 bytes long");
	}
	const privateKey = createPrivateKey({ key: Buffer.concat([pkcs8Prefix, seed]), format: "der", type: "pkcs8" });
	const spki = createPublicKey(privateKey).export({ format: "der", type: "spki" });
	return {
		serverName,
		keyId,
		publicKey: new Uint8Array(spki.subarray(spkiPrefixBytes)),
		sign: (message) => new Uint8Array(sign(null, message, privateKey)),
	};
};
