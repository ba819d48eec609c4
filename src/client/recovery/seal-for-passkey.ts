/**
 * A recovery key sealed with what a passkey gives out for this one purpose (Web Authentication Level 3, "Pseudo-random
 * function extension"): HKDF-SHA-256, then AES-256-GCM, bound to the account and to the key's id. The server keeps it.
 */
import { decodeBase64, encodeBase64 } from "../../../federation/json/base64.ts";

export interface SealedCopy {
	/** 12 bytes in base64. */
	readonly iv: string;
	/** Base64. */
	readonly ciphertext: string;
}

/** Whose key it is, and by which id secret storage knows it. */
export interface CopyOf {
	readonly userId: string;
	readonly keyId: string;
}

/** `given`: what the passkey gives out, 32 bytes. */
export async function sealForPasskey(given: BufferSource, of: CopyOf, recoveryKey: string): Promise<SealedCopy> {
	const iv = crypto.getRandomValues(new Uint8Array(12));
	const key = await sealingKey(given);
	const sealed = await crypto.subtle.encrypt(parametersOf(iv, of), key, new TextEncoder().encode(recoveryKey));
	return { iv: encodeBase64(iv), ciphertext: encodeBase64(new Uint8Array(sealed)) };
}

/** Undefined: this passkey does not open it, or it is another account's or another key's. */
export async function openForPasskey(given: BufferSource, of: CopyOf, copy: SealedCopy): Promise<string | undefined> {
	const [iv, ciphertext] = [decodeBase64(copy.iv), decodeBase64(copy.ciphertext)];
	if (iv?.length !== 12 || ciphertext === undefined) return undefined;
	try {
		const key = await sealingKey(given);
		const opened = await crypto.subtle.decrypt(parametersOf(iv, of), key, new Uint8Array(ciphertext));
		return new TextDecoder("utf-8", { fatal: true }).decode(opened);
	} catch {
		return undefined;
	}
}

async function sealingKey(given: BufferSource): Promise<CryptoKey> {
	const secret = await crypto.subtle.importKey("raw", given, "HKDF", false, ["deriveKey"]);
	const derivation = {
		...{ name: "HKDF", hash: "SHA-256", salt: new Uint8Array(0) },
		info: new TextEncoder().encode("kith recovery key"),
	};
	return crypto.subtle.deriveKey(derivation, secret, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

function parametersOf(iv: Uint8Array, { userId, keyId }: CopyOf): AesGcmParams {
	const additionalData = new TextEncoder().encode(JSON.stringify([userId, keyId]));
	return { name: "AES-GCM", iv: new Uint8Array(iv), additionalData };
}
