import { randomBytes } from "node:crypto";
import { Attachment, EncryptedAttachment, initAsync } from "@matrix-org/matrix-sdk-crypto-wasm";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { decryptAttachment, encryptAttachment } from "../../src/client/media/attachments/attachment-cipher.ts";
import type { AttachmentKeys } from "../../src/client/media/attachments/encrypted-file.ts";
import { decryptOverNode, encryptOverNode, hashOverNode } from "./attachments-over-node.ts";

const random = (count: number) => new Uint8Array(randomBytes(count));
const bytesIn = async (blob: Blob) => Buffer.from(await blob.arrayBuffer());
/** Compared as a whole: an assertion that shows where megabytes differ takes seconds. */
const holds = async (content: Buffer, blob: Blob | undefined) =>
	blob !== undefined && content.equals(await bytesIn(blob));

/** Around the seams between pieces of 1 MiB, and in the middle of blocks. */
const sizes = [0, 1, 15, 16, 17, 1_048_575, 1_048_576, 1_048_577, 2_500_001];

/** The engine answers the keys in a form of its own writing. */
const decryptByEngine = (ciphertext: Buffer, keys: AttachmentKeys) =>
	Buffer.from(Attachment.decrypt(new EncryptedAttachment(ciphertext, JSON.stringify(keys))));

describe("attachments beside the engine's and node:crypto", () => {
	beforeAll(() => initAsync());

	it.each(sizes)("%i bytes: what the client writes, both others read", async (size) => {
		const content = randomBytes(size);
		const { ciphertext, keys } = await encryptAttachment(new Blob([content]), random);
		const written = Buffer.from(await ciphertext.arrayBuffer());
		expect(content.equals(decryptByEngine(written, keys))).toBe(true);
		expect(content.equals(decryptOverNode(written, keys))).toBe(true);
		expect(keys.hashes.sha256).toBe(hashOverNode(written));
		expect(Buffer.from(keys.iv, "base64").subarray(8)).toEqual(Buffer.alloc(8));
		expect(size > 16 && written.equals(content)).toBe(false);
	});

	it.each(sizes)("%i bytes: what both others write, the client reads", async (size) => {
		const content = randomBytes(size);
		const byEngine = Attachment.encrypt(content);
		const engineKeys = JSON.parse(byEngine.mediaEncryptionInfo ?? "");
		expect(
			await holds(content, await decryptAttachment(new Blob([new Uint8Array(byEngine.encryptedData)]), engineKeys)),
		).toBe(true);
		const byNode = encryptOverNode(content);
		expect(await holds(content, await decryptAttachment(new Blob([byNode.ciphertext]), byNode.keys))).toBe(true);
	});

	it("carries the counter of a piece through all bytes of the block", async () => {
		const content = randomBytes(1_048_576 + 64);
		const { ciphertext, keys } = encryptOverNode(content, Buffer.from(`${"ff".repeat(15)}f0`, "hex"));
		expect(await holds(content, await decryptAttachment(new Blob([ciphertext]), keys))).toBe(true);
	});

	it("altered bytes are refused by the client and the engine, wherever they are", async () => {
		const content = randomBytes(1_200_000);
		const { ciphertext, keys } = await encryptAttachment(new Blob([content]), random);
		const written = Buffer.from(await ciphertext.arrayBuffer());
		const property = fc.asyncProperty(
			fc.nat(written.length - 1),
			fc.integer({ min: 1, max: 255 }),
			async (at, change) => {
				const altered = Buffer.from(written);
				altered[at] = (altered[at] ?? 0) ^ change;
				expect(await decryptAttachment(new Blob([altered]), keys)).toBeUndefined();
				expect(() => decryptByEngine(altered, keys)).toThrow();
			},
		);
		await fc.assert(property, { numRuns: 8 });
		expect(await decryptAttachment(new Blob([written.subarray(0, -1)]), keys)).toBeUndefined();
		expect(await decryptAttachment(new Blob([written, "x"]), keys)).toBeUndefined();
	});

	it.each([
		["an older version", { v: "v1" }],
		["a short IV", { iv: "AAAA" }],
		["no hash", { hashes: {} }],
		["a hash of another kind", { hashes: { sha512: "A".repeat(86) } }],
		["another algorithm", { key: { kty: "oct", alg: "A256GCM", ext: true, key_ops: [], k: "A".repeat(43) } }],
		["a key of another length", { key: { kty: "oct", alg: "A256CTR", ext: true, key_ops: [], k: "A".repeat(22) } }],
	])("refuses %s", async (_, part) => {
		const { ciphertext, keys } = await encryptAttachment(new Blob(["hello"]), random);
		expect(await decryptAttachment(ciphertext, { ...keys, ...part } as AttachmentKeys)).toBeUndefined();
	});

	it("encrypts the same file to other bytes each time", async () => {
		const file = new Blob([Buffer.alloc(64)]);
		const twice = await Promise.all([encryptAttachment(file, random), encryptAttachment(file, random)]);
		const [one, two] = await Promise.all(twice.map(({ ciphertext }) => bytesIn(ciphertext)));
		expect(one).not.toEqual(two);
	});
});
