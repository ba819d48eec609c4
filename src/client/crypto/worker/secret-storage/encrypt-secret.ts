/**
 * Secrets as they lie in account data. The MAC is over the ciphertext alone, as the specification has it: an altered IV is
 * not noticed here, only that what comes out is no text. Whoever reads a secret checks that it is the one it should be
 * (a cross-signing key against its public half, a backup's key against the backup's).
 * Source: Matrix v1.19 Client-Server API, "Secrets", "Secret storage".
 */
import { encodeBase64 } from "../../../../../federation/json/base64.ts";
import { counterMode, deriveSecretKeys, freshIv, type RandomBytes, type StorageKey } from "./secret-keys.ts";
import { type EncryptedSecret, encryptedSecretSchema } from "./secret-schemas.ts";

/** @param name the secret's identifier, the type of the account data; a secret opens under its own name only. */
export async function encryptSecret(
	{ storageKey, name }: { readonly storageKey: StorageKey; readonly name: string },
	secret: string,
	random: RandomBytes,
): Promise<EncryptedSecret> {
	const { aes, mac } = await deriveSecretKeys(storageKey, name);
	const iv = freshIv(random);
	const ciphertext = await crypto.subtle.encrypt(counterMode(iv), aes, new TextEncoder().encode(secret));
	const tag = await crypto.subtle.sign("HMAC", mac, ciphertext);
	return {
		iv: encodeBase64(iv),
		ciphertext: encodeBase64(new Uint8Array(ciphertext)),
		mac: encodeBase64(new Uint8Array(tag)),
	};
}

/** `undefined`: it is not a secret of this name under this key. */
export async function decryptSecret(
	{ storageKey, name }: { readonly storageKey: StorageKey; readonly name: string },
	encrypted: unknown,
): Promise<string | undefined> {
	const parsed = encryptedSecretSchema.safeParse(encrypted);
	if (!parsed.success) return undefined;
	const { iv, ciphertext, mac: tag } = parsed.data;
	const { aes, mac } = await deriveSecretKeys(storageKey, name);
	if (!(await crypto.subtle.verify("HMAC", mac, tag, ciphertext))) return undefined;
	const bytes = await crypto.subtle.decrypt(counterMode(iv), aes, ciphertext);
	try {
		return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
	} catch {
		return undefined;
	}
}
