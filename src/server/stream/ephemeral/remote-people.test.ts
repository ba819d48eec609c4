import { expect, it } from "vitest";
import { createRemotePeople } from "./remote-people.ts";

const minute = 60_000;
const world = () => {
	const clock = { time: 0, now: () => clock.time };
	return { clock, people: createRemotePeople(clock) };
};
const ann = "@ann:two.example";
const said = (userId: string, isOnline: boolean, seenAt?: number) => ({ userId, isOnline, seenAt });

it("says for whom a word makes a difference, and how they are", () => {
	const { people } = world();
	expect(people.heard([said(ann, true, 5)])).toEqual([ann]);
	expect(people.heard([said(ann, true, 9)])).toEqual([]);
	expect(people.isOnline(ann)).toBe(true);
	expect(people.heard([said(ann, false, 9)])).toEqual([ann]);
	expect([people.isOnline(ann), people.seenAt(ann)]).toEqual([false, 9]);
	expect(people.isOnline("@nobody:two.example")).toBe(false);
});

it("takes those for away whose server is silent for half an hour, and knows nothing of them after a day", () => {
	const { clock, people } = world();
	people.heard([said(ann, true, 0)]);
	clock.time = 25 * minute;
	people.heard([said(ann, true, clock.time)]);
	clock.time = 55 * minute;
	expect(people.forgetSilent()).toEqual([]);
	clock.time = 57 * minute;
	expect(people.forgetSilent()).toEqual([ann]);
	expect([people.isOnline(ann), people.seenAt(ann)]).toEqual([false, 25 * minute]);
	clock.time += 24 * 60 * minute;
	expect(people.forgetSilent()).toEqual([]);
	expect(people.seenAt(ann)).toBeUndefined();
});

it("keeps no more people than it should, and forgets all of them when it is told to", () => {
	const { people } = world();
	for (let at = 0; at < 20_001; at += 1) people.heard([said(`@p${at}:two.example`, true)]);
	expect(people.isOnline("@p0:two.example")).toBe(false);
	expect(people.isOnline("@p20000:two.example")).toBe(true);
	expect(people.forgetAll()).toHaveLength(20_000);
	expect(people.isOnline("@p20000:two.example")).toBe(false);
});
