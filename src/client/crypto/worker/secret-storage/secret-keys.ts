/**
 * The two keys that a secret storage key gives for each secret: one encrypts, one authenticates.
 * Source: Matrix v1.19 Client-Server API, "Secrets", "m.secret_storage.v1.aes-hmac-sha2".
 */

/** 32 bytes that open a person's secret storage; whoever has them has all secrets in it. */
export type StorageKey = Uint8Array<ArrayBuffer>;

/** As many random bytes as asked for. */
export type RandomBytes = (count: number) => Uint8Array<ArrayBuffer>;

export interface SecretKeys {
	readonly aes: CryptoKey;
	readonly mac: CryptoKey;
}

const keyBytes = 32;
const zeros = new Uint8Array(keyBytes);

/** @param name the secret's identifier; empty for the check of the storage key itself. */
export async function deriveSecretKeys(storageKey: StorageKey, name: string): Promise<SecretKeys> {
	const material = await crypto.subtle.importKey("raw", storageKey, "HKDF", false, ["deriveBits"]);
	const info = new TextEncoder().encode(name);
	const bits = await crypto.subtle.deriveBits(
		{ name: "HKDF", hash: "SHA-256", salt: zeros, info },
		material,
		2 * 8 * keyBytes,
	);
	const [aes, mac] = await Promise.all([
		crypto.subtle.importKey("raw", bits.slice(0, keyBytes), "AES-CTR", false, ["encrypt", "decrypt"]),
		crypto.subtle.importKey("raw", bits.slice(keyBytes), { name: "HMAC", hash: "SHA-256" }, false, ["sign", "verify"]),
	]);
	return { aes, mac };
}

/** Bit 63 is cleared, so that programs that count with 64 bits and such that count with 128 agree. */
export function freshIv(random: RandomBytes): Uint8Array<ArrayBuffer> {
	const iv = random(16);
	iv[8] = (iv[8] ?? 0) & 0x7f;
	return iv;
}

/** AES-CTR with a counter over the whole block. */
export function counterMode(iv: Uint8Array<ArrayBuffer>): AesCtrParams {
	return { name: "AES-CTR", counter: iv, length: 128 };
}
