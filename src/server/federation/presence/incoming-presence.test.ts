import { setTimeout as delay } from "node:timers/promises";
import { expect, it } from "vitest";
import type { ServerName } from "../../../../federation/identifiers/identifier-types.ts";
import { silentLog } from "../../../../tests/setup/silent-log.ts";
import { createMemoryBus } from "../../adapters/bus-memory/memory-bus.ts";
import type { RemotePresence } from "../../stream/public.ts";
import { createIncomingPresence } from "./incoming-presence.ts";

const two = "two.example" as ServerName;
const edu = (names: readonly string[], presence: string, server = two) => ({
	type: "m.presence",
	content: { push: names.map((name) => ({ user_id: `@${name}:${server}`, presence, last_active_ago: 1 })) },
});

/** Everybody whose name does not begin with `stranger` is seen by somebody here. */
const world = () => {
	const clock = { time: 1_000_000, now: () => clock.time };
	const owner = { isShared: true };
	const looks: number[] = [];
	const failures: Error[] = [];
	const told: RemotePresence[] = [];
	const met = new Set<string>();
	const bus = createMemoryBus();
	bus.subscribe((poke) => {
		if (poke.kind === "remotePresence") told.push(...poke.people);
	});
	const presence = createIncomingPresence({
		circles: {
			watchedAmong: async (userIds) => {
				looks.push(userIds.length);
				const failure = failures.shift();
				if (failure !== undefined) throw failure;
				return userIds.filter((userId) => !userId.startsWith("@stranger") || met.has(userId));
			},
		},
		isPresenceShared: () => owner.isShared,
		...{ bus, clock, log: silentLog, gatherMs: 5, againAfterMs: [60, 90] },
	});
	const settled = () => delay(40);
	const words = () => told.splice(0).map(({ userId, isOnline }) => `${userId} ${isOnline}`);
	return { clock, owner, met, looks, failures, presence, settled, words };
};

it("looks words up together and tells the newest of each, of those alone whom somebody here sees", async () => {
	const { presence, settled, words, looks } = world();
	presence.add(two, [edu(["ann", "bob"], "online"), edu(["ann"], "offline")]);
	presence.add(two, [edu(["stranger"], "online"), edu(["ann"], "online")]);
	await settled();
	expect(words()).toEqual(["@ann:two.example true", "@bob:two.example true"]);
	expect(looks).toEqual([3]);
});

it("TXN-07: hears nothing of another server's people, and takes a flood of words for a thousand", async () => {
	const { presence, settled, words, looks } = world();
	const many = Array.from({ length: 5_000 }, (_, at) => `p${at}`);
	const crowd = edu(many, "online");
	const flood = Array.from({ length: 100 }, () => crowd);
	for (let at = 0; at < 20; at += 1) presence.add(two, flood);
	presence.add(two, [edu(["eve"], "online", "three.example" as ServerName)]);
	presence.add("three.example" as ServerName, [edu(["eve"], "online", "three.example" as ServerName)]);
	await settled();
	expect(looks).toEqual([1_001]);
	const heard = words();
	expect(heard).toHaveLength(1_001);
	expect(heard.at(-1)).toBe("@eve:three.example true");
});

it("does not look up what it has told a moment ago, but what could not be looked up", async () => {
	const { clock, failures, presence, settled, words, looks } = world();
	failures.push(new Error("the database is away"));
	presence.add(two, [edu(["ann"], "online")]);
	await settled();
	presence.add(two, [edu(["ann"], "online")]);
	await settled();
	presence.add(two, [edu(["ann"], "online")]);
	await settled();
	expect(looks).toEqual([1, 1]);
	presence.add(two, [edu(["ann"], "offline")]);
	await settled();
	clock.time += 300_000;
	presence.add(two, [edu(["ann"], "offline")]);
	await settled();
	expect(words()).toEqual(["@ann:two.example true", "@ann:two.example false", "@ann:two.example false"]);
});

it("reads nothing where the owner does not want it", async () => {
	const { owner, presence, settled, words, looks } = world();
	owner.isShared = false;
	presence.add(two, [edu(["ann"], "online")]);
	await settled();
	owner.isShared = true;
	presence.add(two, [edu(["ann"], "online")]);
	owner.isShared = false;
	await settled();
	expect([words(), looks]).toEqual([[], []]);
});

it("tells of whom somebody here meets a little later, and looks nobody up for ever", async () => {
	const { met, presence, settled, words, looks } = world();
	presence.add(two, [edu(["stranger1", "stranger2", "stranger3"], "online")]);
	await settled();
	expect(words()).toEqual([]);
	met.add(`@stranger1:${two}`);
	presence.add(two, [edu(["stranger3"], "offline")]);
	await delay(400);
	expect(words()).toEqual([`@stranger1:${two} true`]);
	// All three, the new word; the two of the first again, and the new word; the one that is left, and the new word.
	expect(looks.reduce((sum, count) => sum + count, 0)).toBe(3 + 1 + 2 + 1 + 1 + 1);
	met.add(`@stranger2:${two}`);
	await delay(200);
	expect(words()).toEqual([]);
});
