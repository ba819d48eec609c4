import { createCipheriv, createHmac, hkdfSync, pbkdf2Sync, timingSafeEqual } from "node:crypto";

/**
 * Secret storage a second time, over node:crypto and by other means wherever there are some: what the client writes, this
 * reads, and the other way round.
 */
const derive = (key: Uint8Array, name: string) => {
	const bytes = Buffer.from(hkdfSync("sha256", key, Buffer.alloc(32), Buffer.from(name, "utf8"), 64));
	return { aes: bytes.subarray(0, 32), mac: bytes.subarray(32) };
};

/** In counter mode both directions are the same. */
const aes = (key: Uint8Array, iv: Uint8Array, data: Uint8Array): Buffer => {
	const cipher = createCipheriv("aes-256-ctr", key, iv);
	return Buffer.concat([cipher.update(data), cipher.final()]);
};

const hmac = (key: Uint8Array, data: Uint8Array): Buffer => createHmac("sha256", key).update(data).digest();

interface Parts {
	readonly iv: string;
	readonly ciphertext: string;
	readonly mac: string;
}

/** With padding, as some clients write it. */
export const encryptOverNode = (key: Uint8Array, name: string, secret: { text: string; iv: Uint8Array }): Parts => {
	const keys = derive(key, name);
	const ciphertext = aes(keys.aes, secret.iv, Buffer.from(secret.text, "utf8"));
	return {
		iv: Buffer.from(secret.iv).toString("base64"),
		ciphertext: ciphertext.toString("base64"),
		mac: hmac(keys.mac, ciphertext).toString("base64"),
	};
};

export const decryptOverNode = (key: Uint8Array, name: string, parts: Parts): string | undefined => {
	const keys = derive(key, name);
	const ciphertext = Buffer.from(parts.ciphertext, "base64");
	const mac = Buffer.from(parts.mac, "base64");
	if (mac.length !== 32 || !timingSafeEqual(mac, hmac(keys.mac, ciphertext))) return undefined;
	return aes(keys.aes, Buffer.from(parts.iv, "base64"), ciphertext).toString("utf8");
};

export const describeOverNode = (key: Uint8Array, iv: Uint8Array): { readonly iv: string; readonly mac: string } => {
	const { ciphertext: _, ...check } = encryptOverNode(key, "", { text: "\0".repeat(32), iv });
	return check;
};

export const fitsOverNode = (key: Uint8Array, check: { readonly iv: string; readonly mac: string }): boolean =>
	describeOverNode(key, Buffer.from(check.iv, "base64")).mac.replaceAll("=", "") === check.mac.replaceAll("=", "");

export const passphraseKeyOverNode = (passphrase: string, salt: string, iterations: number): Buffer =>
	pbkdf2Sync(Buffer.from(passphrase, "utf8"), Buffer.from(salt, "utf8"), iterations, 32, "sha512");

const alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

/** Long division over the bytes; the client goes by one large number. */
export const recoveryKeyOverNode = (key: Uint8Array): string => {
	const head = Buffer.concat([Buffer.from([0x8b, 0x01]), key]);
	let number = [...head, head.reduce((parity, byte) => parity ^ byte, 0)];
	let letters = "";
	while (number.length > 0) {
		let rest = 0;
		const quotient: number[] = [];
		for (const byte of number) {
			const value = rest * 256 + byte;
			if (quotient.length > 0 || value >= 58) quotient.push(Math.floor(value / 58));
			rest = value % 58;
		}
		letters = alphabet.charAt(rest) + letters;
		number = quotient;
	}
	return letters;
};
