import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";
import type { AttachmentKeys } from "../../src/client/media/attachments/encrypted-file.ts";

/**
 * The second opinion about encrypted files: whole ones over node:crypto. Matrix v1.19 Client-Server API, "Sending encrypted
 * attachments".
 */
export const encryptOverNode = (content: Buffer, iv = Buffer.concat([randomBytes(8), Buffer.alloc(8)])) => {
	const key = randomBytes(32);
	const cipher = createCipheriv("aes-256-ctr", key, iv);
	const ciphertext = Buffer.concat([cipher.update(content), cipher.final()]);
	const keys: AttachmentKeys = {
		v: "v2",
		key: { kty: "oct", alg: "A256CTR", ext: true, key_ops: ["encrypt", "decrypt"], k: key.toString("base64url") },
		iv: unpadded(iv),
		hashes: { sha256: hashOverNode(ciphertext) },
	};
	return { ciphertext, keys };
};

/** Whatever its hash is: who reads what came from elsewhere compares that first. */
export const decryptOverNode = (ciphertext: Buffer, { key, iv }: AttachmentKeys): Buffer => {
	const decipher = createDecipheriv("aes-256-ctr", Buffer.from(key.k, "base64url"), Buffer.from(iv, "base64"));
	return Buffer.concat([decipher.update(ciphertext), decipher.final()]);
};

export const hashOverNode = (ciphertext: Buffer): string => unpadded(createHash("sha256").update(ciphertext).digest());

const unpadded = (bytes: Buffer): string => bytes.toString("base64").replaceAll("=", "");
