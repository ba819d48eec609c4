import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decryptSecret, encryptSecret } from "../../src/client/crypto/worker/secret-storage/encrypt-secret.ts";
import { describeKey, fitsDescription } from "../../src/client/crypto/worker/secret-storage/key-check.ts";
import { keyOfPassphrase } from "../../src/client/crypto/worker/secret-storage/passphrase-key.ts";
import { readRecoveryKey, writeRecoveryKey } from "../../src/client/crypto/worker/secret-storage/recovery-key.ts";
import { keyDescriptionSchema } from "../../src/client/crypto/worker/secret-storage/secret-schemas.ts";
import {
	decryptOverNode,
	describeOverNode,
	encryptOverNode,
	fitsOverNode,
	passphraseKeyOverNode,
	recoveryKeyOverNode,
} from "./node-secret-storage.ts";

const random = (count: number) => new Uint8Array(randomBytes(count));
const bytesOf = (count: number) =>
	fc.uint8Array({ minLength: count, maxLength: count }).map((bytes) => new Uint8Array(bytes));
const words = fc.string({ unit: "grapheme", maxLength: 300 });
const few = { numRuns: 60 };

/** The base64 with one bit of what it stands for changed. */
const altered = (text: string, at: number): string => {
	const bytes = Buffer.from(text, "base64");
	const index = at % bytes.length;
	bytes[index] = (bytes[index] ?? 0) ^ (1 << (at % 8));
	return bytes.toString("base64");
};

describe("secret storage beside an implementation over node:crypto", () => {
	it("what the client writes, the other reads", async () => {
		const property = fc.asyncProperty(bytesOf(32), words, words, async (storageKey, name, secret) => {
			const parts = await encryptSecret({ storageKey, name }, secret, random);
			expect(decryptOverNode(storageKey, name, parts)).toBe(secret);
			expect(JSON.stringify(parts)).not.toContain("=");
		});
		await fc.assert(property, few);
	});

	it("what the other writes, the client reads, with padding too", async () => {
		const property = fc.asyncProperty(bytesOf(32), bytesOf(16), words, async (storageKey, iv, secret) => {
			const parts = encryptOverNode(storageKey, "m.cross_signing.master", { text: secret, iv });
			expect(await decryptSecret({ storageKey, name: "m.cross_signing.master" }, parts)).toBe(secret);
		});
		await fc.assert(property, few);
	});

	it("altered ciphertexts and MACs, other keys and other names are refused by both", async () => {
		const secret = fc.string({ minLength: 1, maxLength: 60 });
		const property = fc.asyncProperty(bytesOf(32), secret, fc.nat(100_000), async (storageKey, text, at) => {
			const named = { storageKey, name: "m.megolm_backup.v1" };
			const parts = await encryptSecret(named, text, random);
			const forgeries = [
				{ ...parts, ciphertext: altered(parts.ciphertext, at) },
				{ ...parts, mac: altered(parts.mac, at) },
				{ ...parts, ciphertext: "" },
			];
			for (const forgery of forgeries) {
				expect(await decryptSecret(named, forgery)).toBeUndefined();
				expect(decryptOverNode(storageKey, named.name, forgery)).toBeUndefined();
			}
			expect(await decryptSecret({ ...named, name: "m.cross_signing.master" }, parts)).toBeUndefined();
			const other = random(32);
			expect(await decryptSecret({ ...named, storageKey: other }, parts)).toBeUndefined();
			expect(decryptOverNode(other, named.name, parts)).toBeUndefined();
		});
		await fc.assert(property, few);
	});

	it.each([
		["nothing", undefined],
		["a text", "secret"],
		["no MAC", { iv: "A".repeat(22), ciphertext: "AAAA" }],
		["a short MAC", { iv: "A".repeat(22), ciphertext: "AAAA", mac: "A".repeat(22) }],
		["an IV of another length", { iv: "A".repeat(21), ciphertext: "AAAA", mac: "A".repeat(43) }],
		["letters that are none", { iv: "A".repeat(22), ciphertext: "AA*A", mac: "A".repeat(43) }],
	])("%s is no secret", async (_, encrypted) => {
		expect(await decryptSecret({ storageKey: random(32), name: "m.x" }, encrypted)).toBeUndefined();
	});

	it("bytes that are no text are no secret: an altered IV, which the MAC does not cover, is noticed by that alone", async () => {
		const storageKey = random(32);
		const parts = encryptOverNode(storageKey, "m.x", { text: "secret".repeat(20), iv: random(16) });
		const read = await decryptSecret({ storageKey, name: "m.x" }, { ...parts, iv: altered(parts.iv, 3) });
		expect(read).toBeUndefined();
	});

	it("clears bit 63 of the IV", async () => {
		const ones = (count: number) => new Uint8Array(count).fill(255);
		const named = { storageKey: random(32), name: "m.x" };
		const { iv } = await encryptSecret(named, "secret", ones);
		expect(Buffer.from(iv, "base64").toString("hex")).toBe(`${"ff".repeat(8)}7f${"ff".repeat(7)}`);
		expect(Buffer.from((await describeKey(named.storageKey, ones)).iv, "base64")[8]).toBe(0x7f);
	});
});

describe("the check of a storage key", () => {
	it("knows its key and no other, in both implementations, both ways", async () => {
		const property = fc.asyncProperty(bytesOf(32), bytesOf(32), bytesOf(16), async (key, other, iv) => {
			fc.pre(Buffer.compare(key, other) !== 0);
			const own = await describeKey(key, random);
			expect([fitsOverNode(key, own), fitsOverNode(other, own)]).toEqual([true, false]);
			const theirs = keyDescriptionSchema.parse({ algorithm: own.algorithm, ...describeOverNode(key, iv) });
			expect([await fitsDescription(key, theirs), await fitsDescription(other, theirs)]).toEqual([true, false]);
		});
		await fc.assert(property, few);
	});

	it("takes a description without the check for every key's", async () => {
		const bare = keyDescriptionSchema.parse({ algorithm: "m.secret_storage.v1.aes-hmac-sha2" });
		expect(await fitsDescription(random(32), bare)).toBe(true);
	});

	it.each([
		["another algorithm", { algorithm: "m.secret_storage.v2" }],
		["a passphrase of too few rounds", { passphrase: { algorithm: "m.pbkdf2", salt: "s", iterations: 1 } }],
		["rounds without end", { passphrase: { algorithm: "m.pbkdf2", salt: "s", iterations: 4_000_000_000 } }],
		["keys of another length", { passphrase: { algorithm: "m.pbkdf2", salt: "s", iterations: 100_000, bits: 8 } }],
		["a MAC of one byte", { iv: "A".repeat(22), mac: "AA" }],
	])("refuses a description with %s", (_, part) => {
		const description = { algorithm: "m.secret_storage.v1.aes-hmac-sha2", ...part };
		expect(keyDescriptionSchema.safeParse(description).success).toBe(false);
	});
});

describe("a key of a passphrase", () => {
	it("is the same in both implementations", async () => {
		const property = fc.asyncProperty(words, fc.string({ minLength: 1, maxLength: 40 }), async (passphrase, salt) => {
			const info = { algorithm: "m.pbkdf2", salt, iterations: 10_000, bits: 256 } as const;
			const key = await keyOfPassphrase(passphrase, info);
			expect(Buffer.from(key)).toEqual(passphraseKeyOverNode(passphrase, salt, 10_000));
		});
		await fc.assert(property, { numRuns: 10 });
	});
});

describe("a recovery key", () => {
	it("is written as the other implementation writes it, in groups of four, and read back", () => {
		const property = fc.property(bytesOf(32), (key) => {
			const written = writeRecoveryKey(key);
			expect(written.replaceAll(" ", "")).toBe(recoveryKeyOverNode(key));
			expect(written).toMatch(/^(\w{4} ){11}\w{4}$/);
			expect(readRecoveryKey(`\n ${written.replace(" ", "\t\n")} `)).toEqual({ kind: "key", key });
		});
		fc.assert(property);
	});

	it.each([[new Uint8Array(32)], [new Uint8Array(32).fill(255)]])("holds at the ends", (key) => {
		expect(writeRecoveryKey(key).replaceAll(" ", "")).toBe(recoveryKeyOverNode(key));
		expect(readRecoveryKey(writeRecoveryKey(key))).toEqual({ kind: "key", key });
	});

	it("is refused with one letter changed", () => {
		const letters = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
		const property = fc.property(bytesOf(32), fc.nat(47), fc.nat(57), (key, at, letter) => {
			const written = recoveryKeyOverNode(key);
			const changed = written.slice(0, at) + letters.charAt(letter) + written.slice(at + 1);
			fc.pre(changed !== written);
			const read = readRecoveryKey(changed);
			// The parity is one byte: one change in some 256 slips through, and is told by the check of the key.
			if (read.kind === "key") expect(Buffer.compare(read.key, key)).not.toBe(0);
			else expect(read).toEqual({ kind: "refused", why: "typo" });
		});
		fc.assert(property, { numRuns: 500 });
	});

	it.each([
		["", "length"],
		["EsTc", "length"],
		["E".repeat(49), "length"],
		["0".repeat(48), "letters"],
		[`${"E".repeat(47)}l`, "letters"],
		["é".repeat(48), "letters"],
		["z".repeat(48), "typo"],
		["1".repeat(48), "typo"],
	] as const)("%j is refused by %s", (typed, why) => {
		expect(readRecoveryKey(typed)).toEqual({ kind: "refused", why });
	});
});
