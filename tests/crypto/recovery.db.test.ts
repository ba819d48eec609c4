import { initAsync } from "@matrix-org/matrix-sdk-crypto-wasm";
import { beforeAll, describe, expect, it } from "vitest";
import { sendToBackup, settleBackup } from "../../src/client/crypto/worker/recovery/backup.ts";
import { exportKeyFile, importKeyFile } from "../../src/client/crypto/worker/recovery/key-file.ts";
import { confirmRecoveryKey, prepareRecoveryKey } from "../../src/client/crypto/worker/recovery/new-recovery-key.ts";
import { isVerifiedHere } from "../../src/client/crypto/worker/recovery/own-identity.ts";
import { resetIdentity } from "../../src/client/crypto/worker/recovery/reset-identity.ts";
import { restoreKey, restoreKeys } from "../../src/client/crypto/worker/recovery/restore-keys.ts";
import { unlockWith } from "../../src/client/crypto/worker/recovery/unlock.ts";
import { encryptSecret } from "../../src/client/crypto/worker/secret-storage/encrypt-secret.ts";
import { describeKey } from "../../src/client/crypto/worker/secret-storage/key-check.ts";
import { testPassword } from "../setup/test-accounts.ts";
import { passphraseKeyOverNode } from "./node-secret-storage.ts";
import { ann, firstDevice, openRecovery, prepared, random, readWords, roomId } from "./recovery-devices.ts";

describe("recovery", { timeout: 60_000 }, () => {
	beforeAll(() => initAsync());

	it("a device that has nothing reads everything with the recovery key, and is vouched for", async () => {
		await using test = await openRecovery();
		const words = Array.from({ length: 130 }, (_, index) => `word ${index}`);
		const { sealed, recoveryKey } = await firstDevice(test, words);
		const laptop = await test.device("LAPTOP");
		await laptop.track([ann]);
		expect(await settleBackup(laptop.recovery)).toEqual({ kind: "locked", count: 130 });
		expect(await isVerifiedHere(laptop.recovery)).toBe(false);
		expect(await unlockWith(laptop.recovery, recoveryKey)).toMatchObject({
			kind: "unlocked",
			backup: { kind: "on", count: 130 },
		});
		expect(await isVerifiedHere(laptop.recovery)).toBe(true);
		const steps: number[] = [];
		const total = { total: 130, onProgress: ({ done }: { done: number }) => void steps.push(done) };
		expect(await restoreKeys(laptop.recovery, total)).toEqual({ done: 130, total: 130, damaged: 0 });
		expect(steps).toEqual([100, 130]);
		expect(await readWords(laptop, sealed)).toEqual(words);
		// It goes on backing up into the same backup.
		await laptop.encrypt("!other:kith.test", [ann], "later");
		await sendToBackup(laptop.recovery);
		expect(await laptop.call.keyBackup.version({})).toMatchObject({ version: "1", count: 131 });
	});

	it("brings the one key that a message needs, and says when it is not there", async () => {
		await using test = await openRecovery();
		const { sealed, recoveryKey } = await firstDevice(test, ["one", "two"]);
		const laptop = await test.device("LAPTOP");
		await unlockWith(laptop.recovery, recoveryKey);
		const { session_id: sessionId } = JSON.parse(sealed[1] ?? "");
		expect(await restoreKey(laptop.recovery, { roomId: `${roomId}1`, sessionId })).toBe("found");
		expect(await laptop.decrypt(`${roomId}1`, ann, sealed[1] ?? "")).toBe("two");
		await expect(laptop.decrypt(`${roomId}0`, ann, sealed[0] ?? "")).rejects.toBeDefined();
		expect(await restoreKey(laptop.recovery, { roomId: `${roomId}0`, sessionId })).toBe("absent");
	});

	it("never makes a second backup, and none from a device that nobody vouches for", async () => {
		await using test = await openRecovery();
		const stranger = await test.device("STRANGER");
		await stranger.track([ann]);
		expect(await settleBackup(stranger.recovery)).toEqual({ kind: "none" });
		const { device } = await firstDevice(test);
		expect(await settleBackup(device.recovery)).toMatchObject({ kind: "on", version: "1" });
		// Another client replaces it: nothing more goes in, and nothing is made in its place.
		const foreign = {
			algorithm: "m.megolm_backup.v1.curve25519-aes-sha2",
			auth_data: { public_key: `${"A".repeat(42)}Q` },
		};
		await device.call.keyBackup.create({ ...foreign, replaces: "1" });
		await device.encrypt(roomId, [ann], "kept from them");
		expect(await settleBackup(device.recovery)).toEqual({ kind: "replaced" });
		await sendToBackup(device.recovery);
		expect(await device.call.keyBackup.version({})).toMatchObject({ version: "2", count: 0 });
		// The other one is removed: the own one counts again. Both are: none is made.
		await device.call.keyBackup.remove({ version: "2" });
		expect(await settleBackup(device.recovery)).toMatchObject({ kind: "on", version: "1" });
		await sendToBackup(device.recovery);
		expect(await device.call.keyBackup.version({})).toMatchObject({ version: "1", count: 2 });
		await device.call.keyBackup.remove({ version: "1" });
		expect(await settleBackup(device.recovery)).toEqual({ kind: "replaced" });
		await expect(device.call.keyBackup.version({})).rejects.toMatchObject({ message: "not-found" });
	});

	it("leaves the key before in place until the new one is confirmed, and then nothing that it opens", async () => {
		await using test = await openRecovery();
		const { device, recoveryKey } = await firstDevice(test);
		const next = prepared(await prepareRecoveryKey(device.recovery));
		const laptop = await test.device("LAPTOP");
		expect(await unlockWith(laptop.recovery, next.recoveryKey)).toEqual({ kind: "refused", why: "other-key" });
		expect(await unlockWith(laptop.recovery, recoveryKey)).toMatchObject({ kind: "unlocked" });
		expect(await confirmRecoveryKey(device.recovery, next)).toBe("done");
		const tablet = await test.device("TABLET");
		expect(await unlockWith(tablet.recovery, recoveryKey)).toEqual({ kind: "refused", why: "other-key" });
		expect(await unlockWith(tablet.recovery, next.recoveryKey)).toMatchObject({ kind: "unlocked" });
		const names = ["m.cross_signing.master", "m.cross_signing.self_signing", "m.megolm_backup.v1"];
		for (const name of names) {
			const secret = (await device.recovery.server.accountData(name)) as { encrypted: object };
			expect(Object.keys(secret.encrypted)).toEqual([next.keyId]);
		}
	});

	it("calls nothing saved that the server does not give back", async () => {
		await using test = await openRecovery();
		const device = await test.device("PHONE");
		await device.bootstrap();
		await settleBackup(device.recovery);
		const { server } = device.recovery;
		const loses = {
			...server,
			setAccountData: async (type: string, content: Readonly<Record<string, unknown>>) => {
				if (type !== "m.cross_signing.user_signing") await server.setAccountData(type, content);
			},
		};
		expect(await prepareRecoveryKey({ ...device.recovery, server: loses })).toBe("not-readable");
		const stranger = await test.device("STRANGER");
		expect(await prepareRecoveryKey(stranger.recovery)).toBe("not-verified");
		expect(await server.accountData("m.secret_storage.default_key")).toBeUndefined();
	});

	it("says what is wrong with what was typed", async () => {
		await using test = await openRecovery();
		const empty = await test.device("EMPTY");
		await empty.track([ann]);
		expect(await unlockWith(empty.recovery, "EsTc")).toEqual({ kind: "refused", why: "no-storage" });
		const { recoveryKey } = await firstDevice(test);
		const last = recoveryKey.at(-1) === "2" ? "3" : "2";
		for (const [typed, why] of [
			[recoveryKey.slice(0, -1), "length"],
			[`${recoveryKey.slice(0, -1)}0`, "letters"],
			[recoveryKey.slice(0, -1) + last, "typo"],
		] as const) {
			expect(await unlockWith(empty.recovery, typed)).toEqual({ kind: "refused", why });
		}
		await empty.recovery.server.setAccountData("m.secret_storage.default_key", { key: "other" });
		await empty.recovery.server.setAccountData("m.secret_storage.key.other", { algorithm: "m.secret_storage.v9" });
		expect(await unlockWith(empty.recovery, recoveryKey)).toEqual({ kind: "refused", why: "unknown-storage" });
	});

	it("opens what another client locked with a passphrase", async () => {
		await using test = await openRecovery();
		const { device, recoveryKey } = await firstDevice(test);
		const key = new Uint8Array(passphraseKeyOverNode("open sesame", "salt", 10_000));
		const secrets = await device.machine.exportCrossSigningKeys();
		const { decryptionKey } = await device.machine.getBackupKeys();
		for (const [name, secret] of [
			["m.cross_signing.master", secrets?.masterKey],
			["m.cross_signing.self_signing", secrets?.self_signing_key],
			["m.cross_signing.user_signing", secrets?.userSigningKey],
			["m.megolm_backup.v1", decryptionKey?.toBase64()],
		] as const) {
			const theirs = await encryptSecret({ storageKey: key, name }, secret ?? "", random);
			await device.recovery.server.setAccountData(name, { encrypted: { theirs } });
		}
		await device.recovery.server.setAccountData("m.secret_storage.key.theirs", {
			...(await describeKey(key, random)),
			passphrase: { algorithm: "m.pbkdf2", salt: "salt", iterations: 10_000 },
		});
		await device.recovery.server.setAccountData("m.secret_storage.default_key", { key: "theirs" });
		const laptop = await test.device("LAPTOP");
		expect(await unlockWith(laptop.recovery, "open says me")).toEqual({ kind: "refused", why: "other-key" });
		expect(await unlockWith(laptop.recovery, recoveryKey)).toEqual({ kind: "refused", why: "other-key" });
		expect(await unlockWith(laptop.recovery, "open sesame")).toMatchObject({ kind: "unlocked" });
	});

	it("somebody who lost everything begins anew: proven to be there, with another identity and backup", async () => {
		await using test = await openRecovery();
		const { device, sealed, recoveryKey } = await firstDevice(test);
		const laptop = await test.device("LAPTOP");
		await laptop.track([ann]);
		const upload = (proof?: { kind: "password"; password: string }) => (body: object) =>
			laptop.call.keys.uploadSigningKeys({ ...body, proof });
		const wrong = { kind: "password", password: "wrong" } as const;
		await expect(resetIdentity(laptop.recovery, upload())).rejects.toBeDefined();
		await expect(resetIdentity(laptop.recovery, upload(wrong))).rejects.toBeDefined();
		expect(await laptop.call.keyBackup.version({})).toMatchObject({ version: "1", count: 1 });
		const right = { kind: "password", password: testPassword } as const;
		expect(await resetIdentity(laptop.recovery, upload(right))).toMatchObject({ kind: "on", version: "2" });
		expect(await isVerifiedHere(laptop.recovery)).toBe(true);
		await expect(readWords(laptop, sealed)).rejects.toBeDefined();
		// The old key leads nowhere, and the old device notices that it is no longer vouched for.
		const tablet = await test.device("TABLET");
		expect(await unlockWith(tablet.recovery, recoveryKey)).toEqual({ kind: "refused", why: "no-storage" });
		await device.track([ann]);
		await device.send(device.machine.queryKeysForUsers([laptop.machine.userId]));
		expect(await isVerifiedHere(device.recovery)).toBe(false);
		const made = prepared(await prepareRecoveryKey(laptop.recovery));
		expect(await confirmRecoveryKey(laptop.recovery, made)).toBe("done");
		expect(await unlockWith(tablet.recovery, made.recoveryKey)).toMatchObject({ kind: "unlocked" });
	});

	it("takes keys along in a file that only its passphrase opens", async () => {
		await using test = await openRecovery();
		const { device, sealed } = await firstDevice(test, ["one", "two"]);
		const file = await exportKeyFile(device.recovery, "correct horse");
		expect(file).toMatch(/^-----BEGIN MEGOLM SESSION DATA-----\n/);
		const laptop = await test.device("LAPTOP");
		await laptop.track([ann]);
		const none = () => undefined;
		expect(await importKeyFile(laptop.recovery, { file, passphrase: "wrong" }, none)).toBeUndefined();
		expect(
			await importKeyFile(laptop.recovery, { file: "no file", passphrase: "correct horse" }, none),
		).toBeUndefined();
		const seen: number[] = [];
		const all = { imported: 2, total: 2 };
		const opened = await importKeyFile(
			laptop.recovery,
			{ file, passphrase: "correct horse" },
			({ total }) => void seen.push(total),
		);
		expect(opened).toEqual(all);
		expect(seen).toContain(2);
		expect(await readWords(laptop, sealed)).toEqual(["one", "two"]);
	});
});
