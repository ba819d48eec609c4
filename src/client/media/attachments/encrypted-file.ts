/**
 * How a message says where an encrypted file lies and what opens it. Inside of an encrypted event, so nobody on the way
 * reads it; it comes from another person, who may say anything.
 * Source: Matrix v1.19 Client-Server API, "Sending encrypted attachments".
 */
import * as z from "zod";
import { decodeBase64, decodeBase64Url } from "../../../../federation/json/base64.ts";

type Bytes = Uint8Array<ArrayBuffer>;

const bytesOf = (decode: (text: string) => Uint8Array | undefined, count: number) =>
	z
		.string()
		.max(2 * count)
		.transform((text, context): Bytes => {
			const bytes = decode(text);
			if (bytes?.length === count) return new Uint8Array(bytes);
			context.addIssue({ code: "custom", message: "not so many bytes in base64" });
			return z.NEVER;
		});

/** What opens a file. */
export const attachmentKeysSchema = z.object({
	v: z.literal("v2"),
	key: z.object({
		kty: z.literal("oct"),
		alg: z.literal("A256CTR"),
		ext: z.literal(true),
		key_ops: z.array(z.string()).max(8),
		k: bytesOf(decodeBase64Url, 32),
	}),
	iv: bytesOf(decodeBase64, 16),
	hashes: z.object({ sha256: bytesOf(decodeBase64, 32) }),
});

/** As it stands in a message. */
export type AttachmentKeys = z.input<typeof attachmentKeysSchema>;
