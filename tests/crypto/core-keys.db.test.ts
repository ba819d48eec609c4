import { afterAll, beforeAll, expect, inject, it, vi } from "vitest";
import { signIn } from "../setup/test-keys.ts";
import { createSoakDatabase, type SoakDatabase } from "../simulation/federation/soak-databases.ts";
import { keyServerOf, startCore } from "./core-client.ts";
import { newsFor } from "./device-news.ts";
import { openCryptoWorld } from "./world/crypto-world.ts";

let disk: SoakDatabase;

beforeAll(async () => {
	disk = await createSoakDatabase(inject("templateConnectionString"));
});
afterAll(() => disk.drop());

const roomId = "!harbour:one.example";

/** The worker's engine for Bob, and Ann, whose devices the test opens. */
const openBob = async () => {
	const world = await openCryptoWorld([disk]);
	const [ann, bob] = [await world.addPerson("ann"), await world.addPerson("bob")];
	const { host, kith } = world.kithOf(bob);
	const { viewer } = await signIn(kith.now().database, bob, "BOBS");
	const core = await startCore(viewer, keyServerOf(host, viewer));
	await vi.waitFor(async () => expect(await core.status({})).toEqual({ identity: "verified" }), { timeout: 10_000 });
	return {
		...{ world, ann, bob },
		receive: async () => core.receive({ isStart: true, news: await newsFor(host, viewer) }),
		read: async (content: string) => {
			const event = { roomId, eventId: "$1", sender: ann, originServerTs: 1, content: JSON.parse(content) };
			return (await core.decrypt({ events: [event] })).results[0];
		},
		[Symbol.asyncDispose]: async () => {
			core.stop();
			await world[Symbol.asyncDispose]();
		},
	};
};

it("what a device wrote is read when the device is gone before anybody looked for it", async () => {
	await using test = await openBob();
	const { world, ann, bob } = test;
	const phone = await world.engine(ann, "PHONE");
	await phone.bootstrap();
	const laptop = await world.engine(ann, "LAPTOP");
	await laptop.joinIdentity(await phone.exportIdentity());
	const content = await laptop.encrypt(roomId, [ann, bob], "my last words here");
	await world.signOut(laptop);
	await test.receive();
	expect(await test.read(content)).toMatchObject({
		kind: "read",
		content: { body: "my last words here" },
		isVouched: true,
	});
});

it("a key that comes twice at once, the second time for less, reads everything all the same", async () => {
	await using test = await openBob();
	const { world, ann, bob } = test;
	const libolm = await world.libolm(ann, "LIBOLM");
	await libolm.bootstrap();
	const content = await libolm.encrypt(roomId, [ann, bob], "the first");
	const [device] = libolm.devices.trustedOf([bob]);
	if (device === undefined) throw new Error("bob's device is not known");
	const again = libolm.channels.encrypt(device, "m.room_key", libolm.roomKeys.give(roomId, device));
	const messages = { [bob]: { [device.deviceId]: { ...again } } };
	await libolm.call.toDevice.send({ event_type: "m.room.encrypted", txn_id: "again", messages });
	await test.receive();
	expect(await test.read(content)).toMatchObject({ kind: "read", content: { body: "the first" } });
});
