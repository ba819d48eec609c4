/**
 * Files, encrypted before they leave and decrypted where they are seen: AES-CTR a piece at a time, and SHA-256 along with
 * it, so that no file is held whole. WebCrypto hashes in one go only; hence @noble for that part.
 * Source: Matrix v1.19 Client-Server API, "Sending encrypted attachments".
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { encodeBase64, encodeBase64Url } from "../../../../federation/json/base64.ts";
import { type AttachmentKeys, attachmentKeysSchema } from "./encrypted-file.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** Of whole blocks, so that each piece begins with a counter of its own. */
const pieceBytes = 1_048_576;
const blockBytes = 16;

export async function encryptAttachment(
	content: Blob,
	random: (count: number) => Bytes,
): Promise<{ readonly ciphertext: Blob; readonly keys: AttachmentKeys }> {
	const key = random(32);
	// The lower half counts the blocks and begins at zero.
	const iv = new Uint8Array(blockBytes);
	iv.set(random(blockBytes / 2));
	const aes = await importKey(key);
	const hash = sha256.create();
	const ciphertext = await inPieces(content, async (piece, at) => {
		const encrypted = await crypto.subtle.encrypt(counterAt(iv, at), aes, piece);
		hash.update(new Uint8Array(encrypted));
		return encrypted;
	});
	const keys: AttachmentKeys = {
		v: "v2",
		key: { kty: "oct", alg: "A256CTR", ext: true, key_ops: ["encrypt", "decrypt"], k: encodeBase64Url(key) },
		iv: encodeBase64(iv),
		hashes: { sha256: encodeBase64(hash.digest()) },
	};
	return { ciphertext, keys };
}

/** `undefined`: these are not the bytes that were sent. Nothing of them is given out before all are known to be. */
export async function decryptAttachment(ciphertext: Blob, keys: AttachmentKeys): Promise<Blob | undefined> {
	const parsed = attachmentKeysSchema.safeParse(keys);
	if (!parsed.success) return undefined;
	const { key, iv, hashes } = parsed.data;
	const aes = await importKey(key.k);
	const hash = sha256.create();
	const content = await inPieces(ciphertext, async (piece, at) => {
		hash.update(new Uint8Array(piece));
		return crypto.subtle.decrypt(counterAt(iv, at), aes, piece);
	});
	const found = hash.digest();
	return found.every((byte, index) => byte === hashes.sha256[index]) ? content : undefined;
}

function importKey(key: Bytes): Promise<CryptoKey> {
	return crypto.subtle.importKey("raw", key, "AES-CTR", false, ["encrypt", "decrypt"]);
}

async function inPieces(whole: Blob, work: (piece: ArrayBuffer, at: number) => Promise<ArrayBuffer>): Promise<Blob> {
	const pieces: Blob[] = [];
	for (let at = 0; at < whole.size; at += pieceBytes) {
		// As a blob of its own, a finished piece need not stay in memory.
		pieces.push(new Blob([await work(await whole.slice(at, at + pieceBytes).arrayBuffer(), at)]));
	}
	return new Blob(pieces);
}

/** The counter of the block that begins at `at` bytes, carried through all of its 128 bits. */
function counterAt(iv: Bytes, at: number): AesCtrParams {
	const counter = new Uint8Array(iv);
	let carry = at / blockBytes;
	for (let index = blockBytes - 1; index >= 0 && carry > 0; index--) {
		const sum = (counter[index] ?? 0) + carry;
		counter[index] = sum % 256;
		carry = Math.floor(sum / 256);
	}
	return { name: "AES-CTR", counter, length: 128 };
}
