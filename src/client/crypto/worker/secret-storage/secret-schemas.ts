/**
 * What account data says about secret storage. It comes from the server, which may say anything.
 * Source: Matrix v1.19 Client-Server API, "Secrets".
 */
import * as z from "zod";
import { decodeBase64 } from "../../../../../federation/json/base64.ts";

export const storageAlgorithm = "m.secret_storage.v1.aes-hmac-sha2";

/** Bytes in base64; with padding too, as some clients write it. */
const base64 = (mostChars: number) =>
	z
		.string()
		.max(mostChars)
		.transform((text, context): Uint8Array<ArrayBuffer> => {
			const bytes = decodeBase64(text);
			if (bytes !== undefined) return new Uint8Array(bytes);
			context.addIssue({ code: "custom", message: "no base64" });
			return z.NEVER;
		});

const iv = base64(24).refine(({ length }) => length === 16);
const mac = base64(44).refine(({ length }) => length === 32);

/** Fewer rounds would let whoever wrote the description guess the passphrase; more would not end. */
const passphraseInfo = z.object({
	algorithm: z.literal("m.pbkdf2"),
	salt: z.string().min(1).max(1_024),
	iterations: z.int().min(10_000).max(10_000_000),
	bits: z.literal(256).default(256),
});

/** `m.secret_storage.key.[key ID]` */
export const keyDescriptionSchema = z.object({
	algorithm: z.literal(storageAlgorithm),
	name: z.string().max(255).optional(),
	passphrase: passphraseInfo.optional(),
	iv: iv.optional(),
	mac: mac.optional(),
});

/** `m.secret_storage.default_key` */
export const defaultKeySchema = z.object({ key: z.string().min(1).max(255) });

/** One key's part of a secret in account data. */
export const encryptedSecretSchema = z.object({ iv, mac, ciphertext: base64(65_536) });

/** A secret in account data, by the id of the key that opens it. */
export const secretSchema = z.object({ encrypted: z.record(z.string(), z.unknown()) });

export type KeyDescription = z.infer<typeof keyDescriptionSchema>;
export type PassphraseInfo = z.infer<typeof passphraseInfo>;
/** As it is written to account data. */
export type EncryptedSecret = z.input<typeof encryptedSecretSchema>;
