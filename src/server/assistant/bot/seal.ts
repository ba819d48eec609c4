import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

const algorithm = "aes-256-gcm";
const nonceBytes = 12;
const tagBytes = 16;

/** A key of this server for one use. */
export const keyFor = (secret: string, use: string): Uint8Array =>
	new Uint8Array(hkdfSync("sha256", secret, "", use, 32));

/** Seals what this server alone may read: the nonce, the tag, the ciphertext. */
export const seal = (key: Uint8Array, bytes: Uint8Array): Uint8Array => {
	const nonce = randomBytes(nonceBytes);
	const cipher = createCipheriv(algorithm, key, nonce);
	const sealed = Buffer.concat([cipher.update(bytes), cipher.final()]);
	return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
};

/** Undefined: it was not sealed with this key, or is damaged. */
export const unseal = (key: Uint8Array, sealed: Uint8Array): Uint8Array | undefined => {
	try {
		const decipher = createDecipheriv(algorithm, key, sealed.subarray(0, nonceBytes));
		decipher.setAuthTag(sealed.subarray(nonceBytes, nonceBytes + tagBytes));
		return Buffer.concat([decipher.update(sealed.subarray(nonceBytes + tagBytes)), decipher.final()]);
	} catch {
		return undefined;
	}
};
