import { expect, it } from "vitest";
import type { ServerName, UserId } from "../../../../federation/identifiers/identifier-types.ts";
import { createOutgoingPresence } from "./outgoing-presence.ts";

const minute = 60_000;
const ann = "@ann:one.example" as UserId;
const two = "two.example" as ServerName;

/** A server whose people are in a small room with two.example; `hidden` tell nobody. */
const world = () => {
	const clock = { time: 0, now: () => clock.time };
	const told: string[] = [];
	const hidden = new Set<string>();
	const owner = { isShared: true };
	let looks = 0;
	const presence = createOutgoingPresence({
		clock,
		serverName: "one.example" as ServerName,
		isPresenceShared: () => owner.isShared,
		circles: {
			audiencesOf: async (userIds) => {
				looks += 1;
				return userIds.map((userId) => ({
					...{ userId: userId as UserId, isHidden: hidden.has(userId), seenAt: 7, destinations: [two] },
				}));
			},
			seenBy: async () => [ann],
		},
		tell: (destinations, { userId, isOnline, seenAt }) =>
			told.push(`${userId} ${isOnline ? "here" : `away ${seenAt}`} to ${destinations.join()}`),
	});
	const hear = (online: readonly string[], offline: readonly string[] = []) =>
		presence.heard({ kind: "presence", processId: "p", online, offline });
	const sweep = async (afterMs = 5_000): Promise<readonly string[]> => {
		clock.time += afterMs;
		await presence.sweep();
		return told.splice(0);
	};
	return { clock, hidden, owner, presence, hear, sweep, looks: () => looks };
};

it("tells that somebody came, again every twenty minutes, and that they went", async () => {
	const { hear, sweep, looks } = world();
	hear([ann]);
	expect(await sweep()).toEqual([`${ann} here to two.example`]);
	for (let at = 0; at < 19; at += 1) {
		hear([ann]);
		expect(await sweep(minute)).toEqual([]);
	}
	expect(looks()).toBe(1);
	hear([ann]);
	expect(await sweep(minute)).toEqual([`${ann} here to two.example`]);
	hear([], [ann]);
	expect(await sweep()).toEqual([`${ann} away 7 to two.example`]);
	expect(await sweep(60 * minute)).toEqual([]);
});

it("says nothing of who comes and goes within seconds, nor of those whose process fell silent before it spoke", async () => {
	const { hear, sweep } = world();
	hear([ann]);
	hear([], [ann]);
	expect(await sweep()).toEqual([]);
	hear([ann]);
	expect(await sweep()).toHaveLength(1);
	expect(await sweep(3 * minute)).toEqual([`${ann} away 7 to two.example`]);
});

it("says nothing of who tells nobody, and takes leave of who chooses so, without a time", async () => {
	const { hear, hidden, presence, sweep } = world();
	hidden.add(ann);
	hear([ann]);
	expect(await sweep()).toEqual([]);
	hear([], [ann]);
	expect(await sweep()).toEqual([]);
	hidden.delete(ann);
	hear([ann]);
	expect(await sweep()).toHaveLength(1);
	hidden.add(ann);
	presence.acquainted([ann]);
	expect(await sweep()).toEqual([`${ann} away undefined to two.example`]);
});

it("tells again who is there when people of other servers come to know them", async () => {
	const { hear, presence, sweep } = world();
	presence.acquainted(["@bo:two.example"]);
	expect(await sweep()).toEqual([]);
	hear([ann]);
	await sweep();
	presence.acquainted(["@bo:two.example"]);
	expect(await sweep()).toEqual([`${ann} here to two.example`]);
});

it("asks and tells nothing until the owner wants it, and takes leave when the owner does no longer", async () => {
	const { hear, owner, sweep, looks } = world();
	owner.isShared = false;
	hear([ann]);
	expect(await sweep()).toEqual([]);
	expect(looks()).toBe(0);
	owner.isShared = true;
	expect(await sweep()).toEqual([`${ann} here to two.example`]);
	owner.isShared = false;
	expect(await sweep()).toEqual([`${ann} away undefined to two.example`]);
	hear([], [ann]);
	expect(await sweep()).toEqual([]);
});
