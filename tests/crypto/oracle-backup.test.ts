import {
	BackupDecryptionKey,
	Curve25519PublicKey,
	initAsync,
	PkEncryption,
	RoomId,
} from "@matrix-org/matrix-sdk-crypto-wasm";
import Olm from "@matrix-org/olm";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import type { CryptoClient } from "./crypto-client.ts";
import { type BackedUpKey, sealForBackup } from "./libolm-client/libolm-backup.ts";
import { decodeUnpadded, encodeUnpadded } from "./libolm-client/unpadded.ts";
import { altered, ann, anyAlteration, anyWords, bob, openTwoImplementations, roomId } from "./two-implementations.ts";

type Sealed = BackedUpKey["session_data"];

/** A backup's key, and what each implementation writes to it and reads with it. */
const openBackup = () => {
	const key = BackupDecryptionKey.createRandomKey();
	const publicKey = key.megolmV1PublicKey.publicKeyBase64;
	const privateKey = decodeUnpadded(key.toBase64());
	const libolmKey = new Olm.PkDecryption();
	libolmKey.init_with_private_key(privateKey);
	return {
		...{ publicKey, privateKey },
		sealByEngine: (words: string): Sealed => {
			const sealed = PkEncryption.fromKey(new Curve25519PublicKey(publicKey)).encryptString(words).toBase64();
			return { ephemeral: sealed.ephemeralKey, mac: sealed.mac, ciphertext: sealed.ciphertext };
		},
		sealByLibolm: (words: string): Sealed => {
			const encryption = new Olm.PkEncryption();
			encryption.set_recipient_key(publicKey);
			return encryption.encrypt(words);
		},
		openByEngine: ({ ephemeral, mac, ciphertext }: Sealed): string => key.decryptV1(ephemeral, mac, ciphertext),
		openByLibolm: ({ ephemeral, mac, ciphertext }: Sealed): string => libolmKey.decrypt(ephemeral, mac, ciphertext),
	};
};

beforeAll(async () => {
	await initAsync();
	await Olm.init();
});

describe("the key backup's encryption", () => {
	it("what the engine writes libolm reads, and the other way round", () => {
		const backup = openBackup();
		fc.assert(
			fc.property(anyWords, (words) => {
				expect(backup.openByLibolm(backup.sealByEngine(words))).toBe(words);
				expect(backup.openByEngine(backup.sealByLibolm(words))).toBe(words);
			}),
			{ numRuns: 40 },
		);
	});

	it("another ephemeral key, or another check, is refused by both", () => {
		const backup = openBackup();
		const right = backup.sealByLibolm("untouched");
		fc.assert(
			fc.property(fc.constantFrom("ephemeral", "mac"), anyAlteration, (field, alteration) => {
				// The highest bit is no part of a Curve25519 key.
				fc.pre(field === "mac" || alteration.bits !== 0x80);
				const forged = { ...right, [field]: altered(right[field as "mac"], alteration) };
				expect(() => backup.openByEngine(forged)).toThrow();
				expect(() => backup.openByLibolm(forged)).toThrow();
			}),
			{ numRuns: 60 },
		);
	});

	it("an altered ciphertext is not noticed by either, since the specification's check covers no byte of it, and reads as something else", () => {
		const backup = openBackup();
		const words = JSON.stringify({ session_key: "A".repeat(200) });
		const right = backup.sealByLibolm(words);
		const outcomes = { refused: 0, letThrough: 0 };
		fc.assert(
			fc.property(anyAlteration, (alteration) => {
				const forged = { ...right, ciphertext: altered(right.ciphertext, alteration) };
				for (const open of [backup.openByEngine, backup.openByLibolm]) {
					const read = attempt(() => open(forged));
					outcomes[read === undefined ? "refused" : "letThrough"] += 1;
					expect(read).not.toBe(words);
				}
			}),
			{ numRuns: 60 },
		);
		expect(outcomes.letThrough).toBeGreaterThan(0);
	});
});

describe("a room key that went through the backup", () => {
	/** Bob's words, sealed by libolm, and their key as libolm backs it up; Ann's engine did not get it. */
	const openByLibolm = async () => {
		const backup = openBackup();
		const { engine, libolm } = await openTwoImplementations();
		const sealed = await libolm.encrypt(roomId, [bob], "from before");
		const rooms = sealForBackup(backup.publicKey, libolm.roomKeys.exportAll());
		const [[sessionId, backedUp] = []] = Object.entries(rooms[roomId]?.sessions ?? {});
		if (sessionId === undefined || backedUp === undefined) throw new Error("nothing was backed up");
		/** Gives the engine what its owner's backup holds. */
		const restore = async (session_data: Sealed): Promise<void> => {
			const key = JSON.parse(backup.openByEngine(session_data));
			const rooms = new Map([[new RoomId(roomId), new Map([[sessionId, key]])]]);
			await engine.machine.importBackedUpRoomKeys(rooms, () => undefined, "1");
		};
		return { engine, sealed, restore, backedUp };
	};

	it("reads in the engine what libolm wrote and backed up", async () => {
		const { engine, sealed, restore, backedUp } = await openByLibolm();
		await expect(engine.decrypt(roomId, bob, sealed)).rejects.toBeDefined();
		await restore(backedUp.session_data);
		expect(await engine.decrypt(roomId, bob, sealed)).toBe("from before");
	});

	it("reads in libolm what the engine wrote and backed up", async () => {
		const backup = openBackup();
		const { engine, libolm } = await openTwoImplementations();
		const sealed = await engine.encrypt(roomId, [ann], "from before");
		await expect(libolm.decrypt(roomId, ann, sealed)).rejects.toThrow("no key reads it");
		await engine.machine.enableBackupV1(backup.publicKey, "1");
		const request = await engine.machine.backupRoomKeys();
		const { rooms } = JSON.parse(request?.body ?? "{}");
		await libolm.restore(encodeUnpadded(backup.privateKey), rooms, () => ann);
		expect(await libolm.decrypt(roomId, ann, sealed)).toBe("from before");
	});

	it("reads nothing that was not written, however the backup is altered", async () => {
		const { engine, sealed, restore, backedUp } = await openByLibolm();
		const right = backedUp.session_data;
		await fc.assert(
			fc.asyncProperty(anyAlteration, async (alteration) => {
				const forged = { ...right, ciphertext: altered(right.ciphertext, alteration) };
				await restore(forged).catch(() => undefined);
				expect([undefined, "from before"]).toContain(await attemptTo(engine, sealed));
			}),
			{ numRuns: 60 },
		);
	});
});

const attempt = (open: () => string): string | undefined => {
	try {
		return open();
	} catch {
		return undefined;
	}
};

const attemptTo = (client: CryptoClient, sealed: string): Promise<string | undefined> =>
	client.decrypt(roomId, bob, sealed).catch(() => undefined);
