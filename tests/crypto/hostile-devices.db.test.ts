import { DeviceId, OtherUserIdentity, UserId } from "@matrix-org/matrix-sdk-crypto-wasm";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { createSoakDatabase, type SoakDatabase } from "../simulation/federation/soak-databases.ts";
import type { Forgeable, Forgeries } from "./hostile-server.ts";
import { openLibolmAccount } from "./libolm-client/libolm-account.ts";
import { openLibolmIdentity } from "./libolm-client/libolm-identity.ts";
import { noNews, openLiedToPair, watchSending } from "./world/lied-to-pair.ts";
import type { EngineDevice } from "./world/world-device.ts";

let disk: SoakDatabase;

beforeAll(async () => {
	disk = await createSoakDatabase(inject("templateConnectionString"));
});
afterAll(() => disk.drop());

describe("a server that lies about devices", () => {
	it("gets no key for a device that it puts into a person's list", async () => {
		await using test = await openLiedToPair(disk);
		const { lies, anns, bobs, roomId } = test;
		const injected = openLibolmAccount(bobs.userId, "INJECTED");
		const query = (answer: Forgeable): void => {
			const devices = answer.device_keys[bobs.userId];
			if (devices !== undefined) devices.INJECTED = injected.deviceKeys;
		};
		const sent = watchSending(lies, bobs.userId, { query });
		await anns.say(roomId, "for bob alone");
		await bobs.sync();
		expect(await bobs.reads(roomId)).toEqual(["for bob alone"]);
		const known = await anns.machine.getUserDevices(new UserId(bobs.userId));
		expect(known.keys().map(String)).toContain("INJECTED");
		expect(sent).toEqual(["BOBS"]);
	});

	it("can't put other keys under a device that is known", async () => {
		await using test = await openLiedToPair(disk);
		const { lies, anns, bobs, roomId } = test;
		await anns.say(roomId, "first");
		const forged = openLibolmAccount(bobs.userId, "BOBS");
		lies.current = {
			query: (answer: Forgeable) => {
				if (answer.device_keys[bobs.userId] !== undefined)
					answer.device_keys[bobs.userId] = { BOBS: forged.deviceKeys };
			},
		};
		await anns.receive({ ...noNews, changed: [bobs.userId] });
		const device = await anns.machine.getDevice(new UserId(bobs.userId), new DeviceId("BOBS"));
		expect(device?.ed25519Key?.toBase64()).toBe(bobs.machine.identityKeys.ed25519.toBase64());
	});

	/** Puts another identity, with a device and a key of its own, in the place of a person's. */
	const replaceIdentity = (userId: string): Forgeries => {
		const forger = openLibolmIdentity(userId);
		const account = openLibolmAccount(userId, "FORGED");
		const oneTimeKey = { "signed_curve25519:AAAA": account.sign({ key: account.curve25519 }) };
		return {
			query: (answer: Forgeable) => {
				if (answer.device_keys[userId] === undefined) return;
				answer.device_keys[userId] = { FORGED: forger.selfSigning.sign(account.deviceKeys) };
				answer.master_keys[userId] = forger.upload.master_key;
				answer.self_signing_keys[userId] = forger.upload.self_signing_key;
			},
			claim: () => ({ one_time_keys: { [userId]: { FORGED: oneTimeKey } }, failures: {} }),
		};
	};
	const identityOf = async (device: EngineDevice, userId: string): Promise<OtherUserIdentity> => {
		const identity = await device.machine.getIdentity(new UserId(userId));
		if (!(identity instanceof OtherUserIdentity)) throw new Error("the person is not known");
		return identity;
	};

	it("gets nothing for another identity in the place of somebody who was verified", async () => {
		await using test = await openLiedToPair(disk);
		const { lies, anns, bobs, roomId } = test;
		await anns.say(roomId, "to the right one");
		await anns.send(await (await identityOf(anns, bobs.userId)).verify());
		await anns.receive({ ...noNews, changed: [bobs.userId] });
		expect((await identityOf(anns, bobs.userId)).isVerified()).toBe(true);
		const sent = watchSending(lies, bobs.userId, replaceIdentity(bobs.userId));
		await anns.receive({ ...noNews, changed: [bobs.userId] });
		expect((await identityOf(anns, bobs.userId)).hasVerificationViolation()).toBe(true);
		await expect(anns.encrypt(roomId, [anns.userId, bobs.userId], "to whom?")).rejects.toBeDefined();
		expect(sent).toEqual([]);
	});

	it("is found out with another identity of somebody who was only seen, but whoever sends has to ask", async () => {
		await using test = await openLiedToPair(disk);
		const { lies, anns, bobs, roomId } = test;
		await anns.say(roomId, "to the right one");
		expect((await identityOf(anns, bobs.userId)).identityNeedsUserApproval()).toBe(false);
		const sent = watchSending(lies, bobs.userId, replaceIdentity(bobs.userId));
		await anns.receive({ ...noNews, changed: [bobs.userId] });
		expect((await identityOf(anns, bobs.userId)).identityNeedsUserApproval()).toBe(true);
		// The engine by itself goes on.
		await anns.encrypt(roomId, [anns.userId, bobs.userId], "to whom?");
		expect(sent).toEqual(["FORGED"]);
	});
});

describe("a server that serves another backup", () => {
	it("is not trusted with keys when nobody of the person signed it, and is when somebody did", async () => {
		await using test = await openLiedToPair(disk);
		const { anns } = test;
		const public_key = "hSDwCYkwp1R0i33ctD73Wg2/Og0mOBr066SpjqqbTmo";
		const unsigned = { algorithm: "m.megolm_backup.v1.curve25519-aes-sha2", auth_data: { public_key } };
		expect((await anns.machine.verifyBackup(unsigned)).trusted()).toBe(false);
		const canonical = JSON.stringify({ public_key });
		const signatures = JSON.parse((await anns.machine.sign(canonical)).asJSON());
		const signed = { ...unsigned, auth_data: { public_key, signatures } };
		expect((await anns.machine.verifyBackup(signed)).trusted()).toBe(true);
		const swapped = {
			...unsigned,
			auth_data: { public_key: anns.machine.identityKeys.curve25519.toBase64(), signatures },
		};
		expect((await anns.machine.verifyBackup(swapped)).trusted()).toBe(false);
	});
});
