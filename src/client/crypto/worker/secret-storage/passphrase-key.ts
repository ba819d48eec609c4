/**
 * Storage keys that other clients made of a passphrase. Read only: Kith makes none, for a passphrase that people remember
 * can be guessed by whoever has the server's data.
 * Source: Matrix v1.19 Client-Server API, "Secrets", "Deriving keys from passphrases".
 */
import type { StorageKey } from "./secret-keys.ts";
import type { PassphraseInfo } from "./secret-schemas.ts";

export async function keyOfPassphrase(
	passphrase: string,
	{ salt, iterations, bits }: PassphraseInfo,
): Promise<StorageKey> {
	const encoder = new TextEncoder();
	const material = await crypto.subtle.importKey("raw", encoder.encode(passphrase), "PBKDF2", false, ["deriveBits"]);
	const derived = await crypto.subtle.deriveBits(
		{ name: "PBKDF2", hash: "SHA-512", salt: encoder.encode(salt), iterations },
		material,
		bits,
	);
	return new Uint8Array(derived);
}
