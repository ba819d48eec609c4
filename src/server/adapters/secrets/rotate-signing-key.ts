import { join } from "node:path";
import type { KeyId, ServerName } from "@federation/identifiers/identifier-types.ts";
import { createNodeSigner } from "../crypto-node/node-signer.ts";
import { replaceFile } from "./durable-file.ts";
import { openSecrets } from "./open-secrets.ts";
import { formatSigningKeys, makeSigningKey } from "./signing-key-file.ts";

export interface RotatedKey {
	readonly keyId: KeyId;
	readonly retiredKeyId: KeyId;
}

/**
 * Puts a new signing key in the place of the one in use, whose public half stays in the same file. Nothing that signs with
 * the old one may run: others refuse what it would sign after now.
 */
export async function rotateSigningKey(dataFolder: string, now: number): Promise<RotatedKey> {
	const { signingKey, retiredKeys } = await openSecrets(dataFolder);
	const { keyId, seed } = signingKey;
	// The name takes no part in the public key.
	const { publicKey } = createNodeSigner(seed, "" as ServerName, keyId);
	const current = makeSigningKey();
	const retired = [...retiredKeys, { keyId, publicKey, expiredTs: now }];
	await replaceFile(join(dataFolder, "signing.key"), formatSigningKeys({ current, retired }));
	return { keyId: current.keyId, retiredKeyId: keyId };
}
