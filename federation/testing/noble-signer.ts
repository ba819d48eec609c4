/** A signer in pure JavaScript, for tests that must run without Node's crypto. */
import { ed25519 } from "@noble/curves/ed25519.js";
import type { KeyId, ServerName } from "../identifiers/identifier-types.ts";

import type { Signer } from "../ports/signer.ts";
import { keyId, serverName } from "./identifiers.ts";

/** A signer for the seed of 32 bytes, with its public key. */
export const nobleSigner = (seed: Uint8Array, server: ServerName, key: KeyId): Signer & TestKey => ({
	serverName: server,
	keyId: key,
	publicKey: ed25519.getPublicKey(seed),
	sign: (message) => ed25519.sign(message, seed),
});

/** The public half of a test's signer. */
export interface TestKey {
	readonly publicKey: Uint8Array;
}

/** The signer of a server in a test; the same name gives the same key. */
export const testSigner = (server: string, version = "auto"): Signer & TestKey => {
	const seed = new Uint8Array(32);
	const label = `${server} ${version}`;
	for (let index = 0; index < label.length; index++) {
		seed[index % 32] = ((seed[index % 32] ?? 0) * 31 + label.charCodeAt(index)) & 0xff;
	}
	return nobleSigner(seed, serverName(server), keyId(`ed25519:${version}`));
};
