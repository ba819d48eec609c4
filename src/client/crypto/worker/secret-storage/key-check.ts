/**
 * What account data says about a storage key, so that a key which was typed in can be told from another one.
 * Source: Matrix v1.19 Client-Server API, "Secrets", "Key storage".
 */
import { encodeBase64 } from "../../../../../federation/json/base64.ts";
import { counterMode, deriveSecretKeys, freshIv, type RandomBytes, type StorageKey } from "./secret-keys.ts";
import { type KeyDescription, storageAlgorithm } from "./secret-schemas.ts";

const zeros = new Uint8Array(32);

/** The content of `m.secret_storage.key.[key ID]`. */
export async function describeKey(storageKey: StorageKey, random: RandomBytes) {
	const { aes, mac } = await deriveSecretKeys(storageKey, "");
	const iv = freshIv(random);
	const ciphertext = await crypto.subtle.encrypt(counterMode(iv), aes, zeros);
	const tag = await crypto.subtle.sign("HMAC", mac, ciphertext);
	return { algorithm: storageAlgorithm, iv: encodeBase64(iv), mac: encodeBase64(new Uint8Array(tag)) };
}

/** Whether it is the key that is described; a description without the check fits every key. */
export async function fitsDescription(storageKey: StorageKey, { iv, mac: tag }: KeyDescription): Promise<boolean> {
	if (iv === undefined || tag === undefined) return true;
	const { aes, mac } = await deriveSecretKeys(storageKey, "");
	const ciphertext = await crypto.subtle.encrypt(counterMode(iv), aes, zeros);
	return crypto.subtle.verify("HMAC", mac, tag, ciphertext);
}
