import { UserId } from "@matrix-org/matrix-sdk-crypto-wasm";
import { afterAll, afterEach, beforeAll, describe, expect, inject, it, vi } from "vitest";
import { createSoakDatabase, type SoakDatabase } from "../simulation/federation/soak-databases.ts";
import type { CryptoServer } from "./crypto-client.ts";
import { openCryptoWorld } from "./world/crypto-world.ts";
import type { WorldDevice } from "./world/world-device.ts";

let disks: readonly SoakDatabase[] = [];

beforeAll(async () => {
	const template = inject("templateConnectionString");
	disks = await Promise.all([createSoakDatabase(template), createSoakDatabase(template)]);
});
afterEach(() => void vi.useRealTimers());
afterAll(async () => {
	await Promise.all(disks.map((disk) => disk.drop()));
});

/** Ann and Bob, both on the engine, on one server or each on their own. */
const openPair = async (count: 1 | 2 = 1, between?: (server: CryptoServer) => CryptoServer) => {
	const world = await openCryptoWorld(disks.slice(0, count));
	const anns = await world.engine(await world.addPerson("ann"), "ANNS", between === undefined ? {} : { between });
	const bobs = await world.engine(await world.addPerson("bob", count === 1 ? 0 : 1), "BOBS");
	await anns.bootstrap();
	await bobs.bootstrap();
	const roomId = await world.createRoom(anns, [bobs]);
	await world.settle();
	return { world, anns, bobs, roomId, [Symbol.asyncDispose]: () => world[Symbol.asyncDispose]() };
};

const syncAll = async (...devices: readonly WorldDevice[]): Promise<void> => {
	for (const device of devices) await device.sync();
};

describe("nothing is unreadable for long when", () => {
	it("a device ends before it has taken in what it got, and when it ends right after that", async () => {
		await using test = await openPair();
		const { anns, bobs, roomId } = test;
		await anns.say(roomId, "one");
		// It got it and ended: nothing was acknowledged, so it comes again.
		expect((await bobs.look()).flatMap(({ toDevice }) => toDevice)).not.toEqual([]);
		const [news] = await bobs.look();
		if (news === undefined) throw new Error("nothing came again");
		// It took it in and ended before it said so: it comes again, and does no harm.
		await bobs.receive(news);
		await bobs.sync();
		expect(await bobs.reads(roomId)).toEqual(["one"]);
		expect((await bobs.look()).flatMap(({ toDevice }) => toDevice)).toEqual([]);
	});

	it("a one-time key was handed out: the device makes up for it", async () => {
		await using test = await openPair();
		const { anns, bobs, roomId } = test;
		await anns.say(roomId, "one");
		const counts = async () => (await bobs.look()).at(-1)?.oneTimeKeyCounts["signed_curve25519"];
		expect(await counts()).toBe(49);
		await bobs.sync();
		expect(await counts()).toBe(50);
	});

	it("an event comes before its key", async () => {
		await using test = await openPair();
		const { anns, bobs, roomId } = test;
		await anns.say(roomId, "early");
		expect(await bobs.reads(roomId)).toEqual([undefined]);
		await bobs.sync();
		expect(await bobs.reads(roomId)).toEqual(["early"]);
	});

	it("a question for devices fails: it is asked again, and nobody is forgotten", async () => {
		let failures = 0;
		await using test = await openPair(1, (server) => ({
			...server,
			query: async (body) => {
				if (failures > 0) {
					failures -= 1;
					throw new Error("no answer");
				}
				return server.query(body);
			},
		}));
		const { anns, bobs, roomId } = test;
		failures = 2;
		await expect(anns.say(roomId, "lost")).rejects.toThrow("no answer");
		await expect(anns.say(roomId, "lost")).rejects.toThrow("no answer");
		await anns.say(roomId, "heard");
		await bobs.sync();
		expect(await bobs.reads(roomId)).toEqual(["heard"]);
	});

	it("a sender has an old list of somebody's devices: from when it hears of the new one, that one reads", async () => {
		await using test = await openPair();
		const { world, anns, bobs, roomId } = test;
		await anns.say(roomId, "to the devices of then");
		const laptop = await world.engine(bobs.userId, "LAPTOP");
		await laptop.joinIdentity(await bobs.exportIdentity());
		await anns.say(roomId, "still to those");
		await anns.sync();
		await anns.say(roomId, "to all");
		await syncAll(bobs, laptop);
		expect(await bobs.reads(roomId)).toEqual(["to the devices of then", "still to those", "to all"]);
		expect(await laptop.reads(roomId)).toEqual([undefined, undefined, "to all"]);
	});

	it("one person has two devices: each reads what the other says", async () => {
		await using test = await openPair();
		const { world, bobs, roomId } = test;
		const laptop = await world.libolm(bobs.userId, "LAPTOP");
		await laptop.joinIdentity(await bobs.exportIdentity());
		await syncAll(bobs, laptop);
		await bobs.say(roomId, "from the phone");
		await laptop.say(roomId, "from the laptop");
		await syncAll(bobs, laptop);
		expect(await laptop.reads(roomId)).toEqual(["from the phone", "from the laptop"]);
		expect(await bobs.reads(roomId)).toEqual(["from the phone", "from the laptop"]);
	});

	it("somebody is asked to come, and something is said in the same second", async () => {
		await using test = await openPair();
		const { world, anns, roomId } = test;
		const cleos = await world.engine(await world.addPerson("cleo"), "CLEOS");
		await cleos.bootstrap();
		await anns.call.rooms.invite({ roomId, userId: cleos.userId });
		await anns.say(roomId, "welcome");
		await cleos.call.rooms.join({ room: roomId });
		await cleos.sync();
		expect(await cleos.reads(roomId)).toEqual(["welcome"]);
	});

	it("somebody leaves and comes back: they read what was said while they were there, and nothing else", async () => {
		await using test = await openPair();
		const { anns, bobs, roomId } = test;
		await anns.say(roomId, "one");
		await bobs.sync();
		const [one] = await bobs.eventsOf(roomId);
		await bobs.call.rooms.leave({ roomId });
		await anns.sync();
		await anns.say(roomId, "two");
		await anns.call.rooms.invite({ roomId, userId: bobs.userId });
		await bobs.call.rooms.join({ room: roomId });
		await anns.sync();
		await anns.say(roomId, "three");
		await bobs.sync();
		const [, two, three] = await anns.eventsOf(roomId);
		if (one === undefined || two === undefined || three === undefined) throw new Error("three were said");
		expect(await Promise.all([one, two, three].map(bobs.read))).toEqual(["one", undefined, "three"]);
	});

	it("a device's storage is gone: under its old name it is refused, under a new one it reads on", async () => {
		await using test = await openPair();
		const { world, anns, bobs, roomId } = test;
		await anns.say(roomId, "before");
		await bobs.sync();
		const identity = await bobs.exportIdentity();
		const sameName = await world.reopen(bobs);
		await expect(sameName.sendAll()).rejects.toMatchObject({ message: "key-taken" });
		const fresh = await world.engine(bobs.userId, "BOBSNEW");
		await fresh.joinIdentity(identity);
		await world.signOut(bobs);
		await anns.sync();
		await anns.say(roomId, "after");
		await fresh.sync();
		expect(await fresh.reads(roomId)).toEqual([undefined, "after"]);
	});

	it("a device is deleted while it is offline: what waited for it is gone, nothing more is for it, and the other reads on", async () => {
		await using test = await openPair();
		const { world, anns, bobs, roomId } = test;
		const laptop = await world.engine(bobs.userId, "LAPTOP");
		await laptop.joinIdentity(await bobs.exportIdentity());
		await anns.sync();
		await anns.say(roomId, "for both");
		const inbox = async () => (await bobs.look()).flatMap(({ toDevice }) => toDevice).length;
		expect(await inbox()).toBeGreaterThan(0);
		await world.signOut(bobs);
		expect(await inbox()).toBe(0);
		await anns.sync();
		await anns.say(roomId, "for the one that is left");
		expect(await inbox()).toBe(0);
		using known = await anns.machine.getUserDevices(new UserId(bobs.userId));
		expect(known.keys().map(String)).toEqual(["LAPTOP"]);
		await laptop.sync();
		expect(await laptop.reads(roomId)).toEqual(["for both", "for the one that is left"]);
		expect(await bobs.reads(roomId)).toEqual([undefined, undefined]);
	});

	it("the other's server is not there: what was said for the devices that are known arrives when it is back", async () => {
		await using test = await openPair(2);
		const { world, anns, bobs, roomId } = test;
		await anns.sync();
		await anns.say(roomId, "before");
		await world.settle();
		world.network.split(world.kiths.map(({ name }) => [name]));
		await anns.rotate(roomId);
		await anns.say(roomId, "while it was away");
		world.network.join();
		await world.retry();
		await world.settle();
		await bobs.sync();
		expect(await bobs.reads(roomId)).toEqual(["before", "while it was away"]);
	});

	it("the other's server is not there when somebody is met: with the next message they are given keys", async () => {
		await using test = await openPair(2);
		const { world, anns, bobs, roomId } = test;
		world.network.split(world.kiths.map(({ name }) => [name]));
		await anns.say(roomId, "nobody's devices are known");
		world.network.join();
		await world.retry();
		await world.settle();
		await anns.sync();
		await anns.say(roomId, "now they are");
		await world.settle();
		await bobs.sync();
		expect(await bobs.reads(roomId)).toEqual([undefined, "now they are"]);
	});

	it("the other's server is not there when a first key for somebody is wanted: with the next one they are reached", async () => {
		await using test = await openPair(2);
		const { world, anns, bobs, roomId } = test;
		await anns.track([bobs.userId]);
		world.network.split(world.kiths.map(({ name }) => [name]));
		await anns.say(roomId, "nobody can be reached");
		world.network.join();
		await world.retry();
		await anns.rotate(roomId);
		await anns.say(roomId, "now they can");
		await world.settle();
		await bobs.sync();
		expect(await bobs.reads(roomId)).toEqual([undefined, "now they can"]);
	});

	it("a session between two devices is broken: who noticed begins another with their next key, and it goes on", async () => {
		await using test = await openPair();
		const { world, anns, roomId } = test;
		const libolm = await world.libolm(await world.addPerson("cleo"), "LIBOLM");
		await libolm.bootstrap();
		await anns.call.rooms.invite({ roomId, userId: libolm.userId });
		await libolm.call.rooms.join({ room: roomId });
		await anns.sync();
		await anns.say(roomId, "begin");
		await libolm.sync();
		// As a device that was put back to an old copy of its storage: it uses keys again that are spent.
		const restore = libolm.channels.snapshot();
		await libolm.say(roomId, "one");
		await anns.sync();
		restore();
		// A session that is not an hour old is not begun anew.
		vi.setSystemTime(Date.now() + 3_700_000);
		await libolm.rotate(roomId);
		await libolm.say(roomId, "two");
		await anns.sync();
		expect(await anns.reads(roomId)).toEqual(["begin", "one", undefined]);
		await anns.rotate(roomId);
		await anns.say(roomId, "by another session");
		await libolm.sync();
		await libolm.rotate(roomId);
		await libolm.say(roomId, "three");
		await anns.sync();
		expect(await anns.reads(roomId)).toEqual(["begin", "one", undefined, "by another session", "three"]);
	});
});
