import {
	BackupDecryptionKey,
	DecryptionSettings,
	DehydratedDeviceKey,
	DeviceId,
	initAsync,
	TrustRequirement,
} from "@matrix-org/matrix-sdk-crypto-wasm";
import { beforeAll, describe, expect, it } from "vitest";
import type { UserId } from "../../federation/identifiers/identifier-types.ts";
import { newsFor } from "./device-news.ts";
import { ann, bob, openHost } from "./open-host.ts";
import { createEngineClient, type EngineClient } from "./procedure-server.ts";

const roomId = "!room:kith.test";

const open = async () => {
	const { host, ...opened } = await openHost();
	return {
		host,
		client: async (userId: UserId, deviceId: string): Promise<EngineClient> =>
			createEngineClient(host, await opened.signIn(userId, deviceId)),
		[Symbol.asyncDispose]: () => opened[Symbol.asyncDispose](),
	};
};

describe("the crypto engine", { timeout: 60_000 }, () => {
	beforeAll(() => initAsync());

	it("finds its requests answered as it expects: identities, keys, messages, both ways", async () => {
		await using test = await open();
		const anns = await test.client(ann, "ANNPHONE");
		const bobs = await test.client(bob, "BOBPHONE");
		await anns.bootstrap();
		await bobs.bootstrap();
		const sealed = await anns.encrypt(roomId, [ann, bob], "hello");
		await bobs.track([ann]);
		const news = await newsFor(test.host, bobs.viewer);
		expect(news.toDevice).toMatchObject([{ sender: ann, type: "m.room.encrypted" }]);
		expect(news.oneTimeKeyCounts["signed_curve25519"]).toBe(49);
		await bobs.receive(news);
		expect(await bobs.decrypt(roomId, ann, sealed)).toBe("hello");
		await bobs.call.toDevice.acknowledge({ position: news.toDevicePosition ?? "0" });
		expect((await newsFor(test.host, bobs.viewer)).toDevice).toEqual([]);
		const answer = await bobs.encrypt(roomId, [ann, bob], "hello, ann");
		await anns.receive(await newsFor(test.host, anns.viewer));
		expect(await anns.decrypt(roomId, bob, answer)).toBe("hello, ann");
		// It made up for the key that was handed out.
		expect((await newsFor(test.host, bobs.viewer)).oneTimeKeyCounts["signed_curve25519"]).toBe(50);
	});

	it("signs a second device of its person, which others then trust", async () => {
		await using test = await open();
		const phone = await test.client(ann, "ANNPHONE");
		await phone.bootstrap();
		const laptop = await test.client(ann, "LAPTOP");
		await laptop.track([ann]);
		const bobs = await test.client(bob, "BOBPHONE");
		await bobs.bootstrap();
		await laptop.track([bob]);
		// Nobody vouches for the laptop yet: it gets no key.
		await bobs.encrypt(roomId, [ann, bob], "before");
		const before = await newsFor(test.host, laptop.viewer);
		expect(before.toDevice.filter(({ type }) => type === "m.room.encrypted")).toEqual([]);
		const secrets = await phone.machine.exportCrossSigningKeys();
		await laptop.machine.importCrossSigningKeys(secrets?.masterKey, secrets?.self_signing_key, secrets?.userSigningKey);
		const own = await laptop.machine.getDevice(laptop.machine.userId, laptop.machine.deviceId);
		if (own === undefined) throw new Error("the device does not know itself");
		await laptop.send(await own.verify());
		const changed = await newsFor(test.host, bobs.viewer);
		await bobs.receive({ ...changed, changed: [ann] });
		const sealed = await bobs.encrypt(roomId, [ann, bob], "after");
		await laptop.receive(await newsFor(test.host, laptop.viewer));
		expect(await laptop.decrypt(roomId, bob, sealed)).toBe("after");
	});

	it("backs room keys up and finds them in the backup", async () => {
		await using test = await open();
		const phone = await test.client(ann, "ANNPHONE");
		await phone.bootstrap();
		await phone.encrypt(roomId, [ann], "kept");
		const key = BackupDecryptionKey.createRandomKey();
		const publicKey = key.megolmV1PublicKey;
		const { version } = await phone.call.keyBackup.create({
			algorithm: publicKey.algorithm,
			auth_data: { public_key: publicKey.publicKeyBase64 },
		});
		await phone.machine.enableBackupV1(publicKey.publicKeyBase64, version);
		for (let request = await phone.machine.backupRoomKeys(); request; request = await phone.machine.backupRoomKeys()) {
			await phone.send(request);
		}
		expect(await phone.call.keyBackup.version({})).toMatchObject({ version, count: 1 });
		const { rooms } = await phone.call.keyBackup.keys({ version, limit: 10 });
		const { sessions } = rooms[roomId] as { sessions: Record<string, { session_data: Record<string, string> }> };
		const [data] = Object.values(sessions).map((session) => session.session_data);
		if (data === undefined) throw new Error("no key");
		const { ephemeral = "", mac = "", ciphertext = "" } = data;
		expect(JSON.parse(key.decryptV1(ephemeral, mac, ciphertext))).toMatchObject({ algorithm: "m.megolm.v1.aes-sha2" });
	});

	it("leaves a device asleep that gets room keys while nobody is there, and wakes it", async () => {
		await using test = await open();
		const phone = await test.client(ann, "ANNPHONE");
		await phone.bootstrap();
		const dehydrated = phone.machine.dehydratedDevices();
		const device = await dehydrated.create();
		const sleepKey = await DehydratedDeviceKey.createRandomKey();
		const put = await device.keysForUpload("asleep", sleepKey);
		const { device_id } = await phone.call.dehydratedDevice.put(JSON.parse(put.body));
		const bobs = await test.client(bob, "BOBPHONE");
		await bobs.bootstrap();
		const sealed = await bobs.encrypt(roomId, [ann, bob], "for the sleeper");
		const laptop = await test.client(ann, "LAPTOP");
		await laptop.track([ann, bob]);
		const found = await laptop.call.dehydratedDevice.read();
		const woken = await laptop.machine
			.dehydratedDevices()
			.rehydrate(sleepKey, new DeviceId(device_id), JSON.stringify(found.device_data));
		const { events } = await laptop.call.dehydratedDevice.events({ device_id });
		const keys = await woken.receiveEvents(JSON.stringify(events), new DecryptionSettings(TrustRequirement.Untrusted));
		expect(keys).toHaveLength(1);
		expect(await laptop.decrypt(roomId, bob, sealed)).toBe("for the sleeper");
	});
});
