import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { createSoakDatabase, type SoakDatabase } from "../simulation/federation/soak-databases.ts";
import type { CryptoServer } from "./crypto-client.ts";
import { openCryptoWorld } from "./world/crypto-world.ts";

let disks: readonly SoakDatabase[] = [];

beforeAll(async () => {
	const template = inject("templateConnectionString");
	disks = await Promise.all([createSoakDatabase(template), createSoakDatabase(template)]);
});
afterAll(async () => {
	await Promise.all(disks.map((disk) => disk.drop()));
});

/** A server before which a device's calls can be counted, and one of them be the last thing that it does. */
const countingServer = () => {
	const calls = { count: 0, stopAt: Number.POSITIVE_INFINITY, onStop: (): void => undefined };
	const between = (server: CryptoServer): CryptoServer =>
		new Proxy(server, {
			get: (target, name) => {
				const call = Reflect.get(target, name) as (...input: unknown[]) => Promise<unknown>;
				return async (...input: unknown[]): Promise<unknown> => {
					calls.count += 1;
					const isLast = calls.count === calls.stopAt;
					const answer = await call(...input);
					if (!isLast) return answer;
					// It was done, and whoever asked never hears of it.
					calls.onStop();
					return new Promise<never>(() => undefined);
				};
			},
		});
	return { calls, between };
};

describe("the worker's engine", { timeout: 60_000 }, () => {
	it("holds nothing up for a server that is away, and gives its people keys with the next message", async () => {
		await using world = await openCryptoWorld(disks);
		const anns = await world.core(await world.addPerson("ann"), "ANNS");
		const others = [];
		for (const name of ["bob", "cleo"]) others.push(await world.core(await world.addPerson(name, 1), "PHONE"));
		for (const device of [anns, ...others]) await device.bootstrap();
		const roomId = await world.createRoom(anns, others);
		await world.settle();
		world.network.split(world.kiths.map(({ name }) => [name]));
		const startMs = performance.now();
		await anns.say(roomId, "nobody's devices are known");
		// The machine would wait five seconds for each of them.
		expect(performance.now() - startMs).toBeLessThan(4_000);
		world.network.join();
		await world.retry();
		await world.settle();
		await anns.sync();
		await anns.say(roomId, "now they are");
		await world.settle();
		for (const device of others) {
			await device.sync();
			expect(await device.reads(roomId)).toEqual([undefined, "now they are"]);
		}
	});

	it("may end after each question that it asks on its way to a first message: the next one is read by everybody", async () => {
		await using world = await openCryptoWorld(disks.slice(0, 1));
		const bobs = await world.core(await world.addPerson("bob"), "BOBS");
		await bobs.bootstrap();
		let endings = 0;
		for (let stopAt = 1; ; stopAt += 1) {
			const { calls, between } = countingServer();
			const anns = await world.core(await world.addPerson(`ann${stopAt}`), "ANNS", { between });
			await anns.bootstrap();
			const roomId = await world.createRoom(anns, [bobs]);
			await anns.sync();
			const ended = new Promise<"ended">((resolve) => {
				calls.onStop = () => resolve("ended");
			});
			calls.stopAt = calls.count + stopAt;
			const outcome = await Promise.race([anns.say(roomId, "first"), ended]);
			await anns.restartEngine();
			await anns.say(roomId, "second");
			await bobs.sync();
			await anns.sync();
			expect((await bobs.reads(roomId)).at(-1)).toBe("second");
			expect((await anns.reads(roomId)).at(-1)).toBe("second");
			if (outcome !== "ended") break;
			endings += 1;
		}
		// Whose devices there are, a key for each of them, and the room's key.
		expect(endings).toBeGreaterThanOrEqual(3);
	});
});

it("looks at nobody before a message where nothing has changed, and finds a device that comes in between", {
	timeout: 60_000,
}, async () => {
	await using world = await openCryptoWorld(disks.slice(0, 1));
	const { calls, between } = countingServer();
	const anns = await world.core(await world.addPerson("ann"), "ANNS", { between });
	const bobs = await world.core(await world.addPerson("bob"), "BOBS");
	for (const device of [anns, bobs]) await device.bootstrap();
	const roomId = await world.createRoom(anns, [bobs]);
	await anns.sync();
	// The first asks for keys, the second finds that nothing is missing.
	for (const body of ["one", "two"]) await anns.say(roomId, body);
	calls.count = 0;
	await anns.say(roomId, "three");
	expect(calls.count).toBe(0);
	const second = await world.core(bobs.userId, "SECOND");
	await second.joinIdentity(await bobs.exportIdentity());
	await anns.sync();
	await anns.say(roomId, "four");
	expect(calls.count).toBeGreaterThan(0);
	await second.sync();
	expect((await second.reads(roomId)).at(-1)).toBe("four");
	await bobs.call.rooms.leave({ roomId });
	await anns.say(roomId, "five");
	for (const device of [bobs, second]) await device.sync();
	const events = await anns.eventsOf(roomId);
	const last = events.at(-1);
	if (last === undefined) throw new Error("five were said");
	expect(await Promise.all([anns, bobs, second].map((device) => device.read(last)))).toEqual([
		"five",
		undefined,
		undefined,
	]);
});
