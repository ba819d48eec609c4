import { expect } from "vitest";
import { eventually } from "../eventually.ts";
import type { RoomWishes } from "../homeserver.ts";
import { knows, type Scenario, sees } from "../scenario.ts";

const unique = (name: string): string => `${name}-${Math.random().toString(36).slice(2)}`;

const nextVersion: Readonly<Record<RoomWishes["version"], RoomWishes["version"]>> = { 10: "11", 11: "12", 12: "12" };

/** What people of one server see and do about rooms of the other one. */
export const roomsElsewhereScenarios: readonly Scenario[] = [
	{
		name: "a public room is found in the other server's list, by words, and joined",
		lacking: async ({ host }) =>
			(await host.listsRooms?.()) === false ? "the server lists no rooms of its people" : undefined,
		run: async ({ host, guest, version }) => {
			const [ada, ben] = await Promise.all([host.register("ada"), guest.register("ben")]);
			const name = unique("Boathouse");
			const roomId = await ada.createRoom({ version, name, aliasLocalpart: name.toLowerCase() });
			await ada.createRoom({ version, name: unique("Shed"), aliasLocalpart: unique("shed") });
			await eventually(async () => expect(await ben.publicRooms(host.name, name)).toEqual([roomId]));
			expect(await ben.publicRooms(host.name, "")).toContain(roomId);
			await ben.join(roomId, [host.name]);
			await knows(ada, roomId, { who: ben, membership: "join" });
		},
	},
	{
		name: "a space is read from the other server: rooms that one may see, in their order",
		run: async ({ host, guest, version }) => {
			const [ada, ben] = await Promise.all([host.register("ada"), guest.register("ben")]);
			const make = (name: string, more: Partial<RoomWishes> = {}): Promise<string> =>
				ada.createRoom({ version, name, aliasLocalpart: unique("in-space"), ...more });
			const space = await make("Club", { isSpace: true });
			const first = await make("First");
			const second = await make("Second");
			const hidden = await ada.createRoom({ version, name: "Hidden" });
			for (const roomId of [first, second, hidden]) await ada.addToSpace(space, roomId, [host.name]);
			await ben.join(space, [host.name]);
			await eventually(async () => expect(await ben.roomsInSpace(space)).toEqual([first, second]));
			await ben.join(second, [host.name]);
			await knows(ada, second, { who: ben, membership: "join" });
		},
	},
	{
		name: "who came later finds what was written at a time",
		run: async ({ host, guest, version }) => {
			const [ada, ben] = await Promise.all([host.register("ada"), guest.register("ben")]);
			const roomId = await ada.createRoom({ version, name: "Diary", aliasLocalpart: unique("diary") });
			await ada.send(roomId, "Before");
			const ts = Date.now() + 1;
			await expect.poll(() => Date.now()).toBeGreaterThan(ts);
			const eventId = await ada.send(roomId, "That day");
			await ada.send(roomId, "After");
			await ben.join(roomId, [host.name]);
			await eventually(async () => expect(await ben.eventAt(roomId, ts)).toBe(eventId));
		},
	},
	{
		name: "a room that was replaced is followed to where it goes on",
		run: async ({ host, guest, version }) => {
			const [ada, ben] = await Promise.all([host.register("ada"), guest.register("ben")]);
			const old = await ada.createRoom({ version, name: "Quay", aliasLocalpart: unique("quay") });
			await ben.join(old, [host.name]);
			await knows(ada, old, { who: ben, membership: "join" });
			const next = await ada.upgrade(old, nextVersion[version]);
			await eventually(async () => expect(await ben.replacement(old)).toBe(next));
			expect(await ben.follow(old)).toBe(next);
			await knows(ada, next, { who: ben, membership: "join" });
			const eventId = await ben.send(next, "Moved");
			await sees(ada, next, { eventId, body: "Moved" });
		},
	},
];
