/**
 * A storage key as people write it down: 0x8B, 0x01, the key and a byte that makes all of them XOR to zero, in base58 and
 * groups of four.
 * Source: Matrix v1.19 Appendices, "Cryptographic key representation".
 */
import type { StorageKey } from "./secret-keys.ts";

const alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const base = BigInt(alphabet.length);
const prefix = [0x8b, 0x01] as const;
const keyBytes = 32;
const allBytes = prefix.length + keyBytes + 1;
/** A number of so many bytes that begins with 0x8B has exactly so many digits. */
const allLetters = 48;

export type ReadRecoveryKey =
	| { readonly kind: "key"; readonly key: StorageKey }
	/** `letters`: one that base58 has not; `length`: too short or long; `typo`: some character is another one's. */
	| { readonly kind: "refused"; readonly why: "letters" | "length" | "typo" };

export function writeRecoveryKey(key: StorageKey): string {
	const bytes = [...prefix, ...key];
	const letters = toBase58([...bytes, xorOf(bytes)]);
	return letters.match(/.{1,4}/g)?.join(" ") ?? letters;
}

/** Reads what somebody typed or pasted; spaces and line breaks mean nothing. */
export function readRecoveryKey(typed: string): ReadRecoveryKey {
	const letters = typed.replace(/\s+/g, "");
	if (!/^[1-9A-HJ-NP-Za-km-z]*$/.test(letters)) return { kind: "refused", why: "letters" };
	if (letters.length !== allLetters) return { kind: "refused", why: "length" };
	const bytes = fromBase58(letters);
	const isWhole =
		bytes.length === allBytes && prefix.every((byte, index) => bytes[index] === byte) && xorOf(bytes) === 0;
	if (!isWhole) return { kind: "refused", why: "typo" };
	return { kind: "key", key: Uint8Array.from(bytes.slice(prefix.length, -1)) };
}

function xorOf(bytes: readonly number[]): number {
	return bytes.reduce((all, byte) => all ^ byte, 0);
}

/** The first byte is never zero, so nothing stands in front of the number. */
function toBase58(bytes: readonly number[]): string {
	let number = bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
	let letters = "";
	for (; number > 0n; number /= base) letters = alphabet.charAt(Number(number % base)) + letters;
	return letters;
}

function fromBase58(letters: string): readonly number[] {
	let number = [...letters].reduce((sum, letter) => sum * base + BigInt(alphabet.indexOf(letter)), 0n);
	const bytes: number[] = [];
	for (; number > 0n; number /= 256n) bytes.unshift(Number(number % 256n));
	return bytes;
}
