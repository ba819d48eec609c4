import {
	BackupDecryptionKey,
	DecryptionSettings,
	DehydratedDeviceKey,
	DeviceId,
	TrustRequirement,
} from "@matrix-org/matrix-sdk-crypto-wasm";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { createSoakDatabase, type SoakDatabase } from "../simulation/federation/soak-databases.ts";
import { type CryptoWorld, openCryptoWorld } from "./world/crypto-world.ts";
import type { EngineDevice, WorldDevice } from "./world/world-device.ts";

let disks: readonly SoakDatabase[] = [];

beforeAll(async () => {
	const template = inject("templateConnectionString");
	disks = await Promise.all([createSoakDatabase(template), createSoakDatabase(template)]);
});
afterAll(async () => {
	await Promise.all(disks.map((disk) => disk.drop()));
});

/** Ann on the engine and Bob on libolm, in an encrypted group; on one server, or each on their own. */
const openPair = async (count: 1 | 2 = 1) => {
	const world = await openCryptoWorld(disks.slice(0, count));
	const engine = await world.engine(await world.addPerson("ann"), "ENGINE");
	const libolm = await world.libolm(await world.addPerson("bob", count === 1 ? 0 : 1), "LIBOLM");
	await engine.bootstrap();
	await libolm.bootstrap();
	const roomId = await world.createRoom(engine, [libolm]);
	await world.settle();
	return { world, engine, libolm, roomId, [Symbol.asyncDispose]: () => world[Symbol.asyncDispose]() };
};

const both = [
	{ from: "the engine", to: "libolm", writer: "engine", reader: "libolm" },
	{ from: "libolm", to: "the engine", writer: "libolm", reader: "engine" },
] as const;

/** Another device of the person, of the same implementation, that their identity vouches for. */
const addDevice = async (world: CryptoWorld, of: WorldDevice, kind: "engine" | "libolm"): Promise<WorldDevice> => {
	const device = await world[kind](of.userId, "SECOND");
	await device.joinIdentity(await of.exportIdentity());
	return device;
};

const syncAll = async (...devices: readonly WorldDevice[]): Promise<void> => {
	for (const device of devices) await device.sync();
};

describe.each([1, 2] as const)("a client on libolm and one on the engine, on %i servers", (count) => {
	it("read each other: first a session that begins, then one that goes on", async () => {
		await using test = await openPair(count);
		const { world, engine, libolm, roomId } = test;
		const said: string[] = [];
		for (const [at, device] of [engine, libolm, engine, libolm].entries()) {
			await syncAll(engine, libolm);
			await device.say(roomId, `${at}`);
			await world.settle();
			said.push(`${at}`);
		}
		await syncAll(engine, libolm);
		expect(await engine.reads(roomId)).toEqual(said);
		expect(await libolm.reads(roomId)).toEqual(said);
	});
});

describe.each(both)("from $from to $to", ({ writer, reader }) => {
	it("a device that comes between two messages reads the second", async () => {
		await using test = await openPair();
		const { world, roomId } = test;
		const [from, to] = [test[writer], test[reader]];
		await from.say(roomId, "before");
		await syncAll(from, to);
		const second = await addDevice(world, to, reader);
		await syncAll(from);
		await from.say(roomId, "after");
		await syncAll(to, second);
		expect(await to.reads(roomId)).toEqual(["before", "after"]);
		expect(await second.reads(roomId)).toEqual([undefined, "after"]);
	});

	it("a device that nobody vouches for reads nothing, and from then on that somebody does", async () => {
		await using test = await openPair();
		const { world, roomId } = test;
		const [from, to] = [test[writer], test[reader]];
		const second = await world[reader](to.userId, "SECOND");
		await second.sendAll();
		await syncAll(from);
		await from.say(roomId, "before");
		await second.joinIdentity(await to.exportIdentity());
		await syncAll(from);
		await from.say(roomId, "after");
		await syncAll(second);
		expect(await second.reads(roomId)).toEqual([undefined, "after"]);
	});

	it("whoever left reads nothing of what is said afterwards, with a key that they never get", async () => {
		await using test = await openPair();
		const { world, roomId } = test;
		const [from, to] = [test[writer], test[reader]];
		const cleo = await world[reader](await world.addPerson("cleo"), "CLEOS");
		await cleo.bootstrap();
		await from.call.rooms.invite({ roomId, userId: cleo.userId });
		await cleo.call.rooms.join({ room: roomId });
		await syncAll(from);
		await from.say(roomId, "before");
		await syncAll(to, cleo);
		expect(await cleo.reads(roomId)).toEqual(["before"]);
		await cleo.call.rooms.leave({ roomId });
		await syncAll(from);
		await from.say(roomId, "after");
		await syncAll(to, cleo);
		const events = await to.eventsOf(roomId);
		expect(await Promise.all(events.map((event) => to.read(event)))).toEqual(["before", "after"]);
		expect(new Set(events.map(({ content }) => content["session_id"])).size).toBe(2);
		// What it is given by somebody who has it all the same.
		expect(await Promise.all(events.map((event) => cleo.read(event)))).toEqual(["before", undefined]);
	});

	it("a device signed out gets no more keys", async () => {
		await using test = await openPair();
		const { world, roomId } = test;
		const [from, to] = [test[writer], test[reader]];
		const second = await addDevice(world, to, reader);
		await syncAll(from);
		await from.say(roomId, "before");
		await second.sync();
		expect(await second.reads(roomId)).toEqual(["before"]);
		await world.signOut(second);
		await syncAll(from);
		await from.say(roomId, "after");
		await syncAll(to);
		const events = await to.eventsOf(roomId);
		expect(await to.reads(roomId)).toEqual(["before", "after"]);
		expect(await Promise.all(events.map((event) => second.read(event)))).toEqual(["before", undefined]);
	});

	it("the fallback key begins a session when no one-time key is left, and the next one is uploaded", async () => {
		await using test = await openPair();
		const { world, roomId } = test;
		const [from, to] = [test[writer], test[reader]];
		// By now it heard that it has no fallback key there, and uploaded one.
		await syncAll(to);
		const wanted = { one_time_keys: { [to.userId]: { [to.deviceId]: "signed_curve25519" } } };
		const claimed: unknown[] = [];
		for (let at = 0; at < 51; at += 1) claimed.push((await from.call.keys.claim(wanted)).one_time_keys);
		expect(JSON.stringify(claimed.at(-2))).not.toContain('"fallback":true');
		expect(JSON.stringify(claimed.at(-1))).toContain('"fallback":true');
		const cleo = await world[writer](await world.addPerson("cleo"), "CLEOS");
		await cleo.bootstrap();
		await from.call.rooms.invite({ roomId, userId: cleo.userId });
		await cleo.call.rooms.join({ room: roomId });
		await from.say(roomId, "by the fallback key");
		await cleo.say(roomId, "by the same one");
		await syncAll(to);
		expect(await to.reads(roomId)).toEqual(["by the fallback key", "by the same one"]);
		const { one_time_keys } = await from.call.keys.claim(wanted);
		expect(JSON.stringify(one_time_keys)).toContain("signed_curve25519");
		expect(JSON.stringify(one_time_keys)).not.toContain("fallback");
	});

	it("a device that was away gets everything a hundred at a time, keys among it", async () => {
		await using test = await openPair();
		const { roomId } = test;
		const [from, to] = [test[writer], test[reader]];
		const idle = { event_type: "m.dummy", messages: { [to.userId]: { [to.deviceId]: {} } } };
		const sending = Array.from({ length: 101 }, (_, at) => from.call.toDevice.send({ ...idle, txn_id: `idle${at}` }));
		await Promise.all(sending);
		await from.say(roomId, "behind all that");
		expect((await to.sync()).map(({ toDevice }) => toDevice.length)).toEqual([100, 2]);
		expect(await to.reads(roomId)).toEqual(["behind all that"]);
	});

	it("what one backs up, another device of the person restores", async () => {
		await using test = await openPair();
		const { world, roomId } = test;
		const [from, to] = [test[writer], test[reader]];
		await from.say(roomId, "kept");
		await syncAll(to);
		const key = BackupDecryptionKey.createRandomKey();
		const { publicKeyBase64, algorithm } = key.megolmV1PublicKey;
		const { version } = await to.call.keyBackup.create({ algorithm, auth_data: { public_key: publicKeyBase64 } });
		await to.backUp(version, publicKeyBase64);
		// The other implementation reads it.
		const second = await addDevice(world, to, writer);
		expect(await second.reads(roomId)).toEqual([undefined]);
		const { rooms } = await second.call.keyBackup.keys({ version, limit: 100 });
		await second.restore(key.toBase64(), rooms as never, () => from.userId);
		expect(await second.reads(roomId)).toEqual(["kept"]);
	});
});

it("a device left asleep gets what libolm says while nobody is there", async () => {
	await using test = await openPair();
	const { world, engine, libolm, roomId } = test;
	const asleep = await engine.machine.dehydratedDevices().create();
	const key = DehydratedDeviceKey.createRandomKey();
	const put = await asleep.keysForUpload("asleep", key);
	const { device_id } = await engine.call.dehydratedDevice.put(JSON.parse(put.body));
	await world.signOut(engine);
	await libolm.sync();
	await libolm.say(roomId, "for whoever wakes");
	const laptop = (await addDevice(world, engine, "engine")) as EngineDevice;
	const { device_data } = await laptop.call.dehydratedDevice.read();
	const id = new DeviceId(device_id);
	const woken = await laptop.machine.dehydratedDevices().rehydrate(key, id, JSON.stringify(device_data));
	const { events } = await laptop.call.dehydratedDevice.events({ device_id });
	expect(
		await woken.receiveEvents(JSON.stringify(events), new DecryptionSettings(TrustRequirement.Untrusted)),
	).toHaveLength(1);
	expect(await laptop.reads(roomId)).toEqual(["for whoever wakes"]);
});
