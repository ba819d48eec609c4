import { expect } from "vitest";
import { eventually } from "../eventually.ts";
import type { RoomWishes } from "../homeserver.ts";
import { knows, type Meeting, meet, type Pair, type Scenario, sees } from "../scenario.ts";

const nextVersion: Readonly<Record<RoomWishes["version"], RoomWishes["version"]>> = { 10: "11", 11: "12", 12: "12" };

/** Ben of the guest has asked to be let into Ada's room, and she knows it. */
const knockAt = async ({ host, guest, version }: Pair): Promise<Meeting> => {
	const [ada, ben] = await Promise.all([host.register("ada"), guest.register("ben")]);
	const roomId = await ada.createRoom({ version, name: "Porch" });
	await ada.setJoinRule(roomId, "knock");
	await ben.knock(roomId, [host.name]);
	await knows(ada, roomId, { who: ben, membership: "knock" });
	await eventually(async () => expect(await ben.membership(roomId)).toBe("knock"));
	return { ada, ben, roomId };
};

/** Coming into a room by other ways than an invitation or an open door. */
export const waysInScenarios: readonly Scenario[] = [
	{
		name: "who is in one room comes into another that it opens, through either server",
		run: async (pair) => {
			const { ada, ben, roomId: club } = await meet(pair);
			const cora = await pair.guest.register("cora");
			const dora = await pair.guest.register("dora");
			const roomId = await ada.createRoom({ version: pair.version, name: "Members only" });
			await ada.setJoinRule(roomId, "restricted", [club]);
			await expect(dora.join(roomId, [pair.host.name])).rejects.toThrow();
			await ben.join(roomId, [pair.host.name]);
			await knows(ada, roomId, { who: ben, membership: "join" });
			// By now their own server is in the room, and may let in by itself.
			await ben.invite(club, cora.userId);
			await cora.join(club, [pair.host.name]);
			await knows(ada, club, { who: cora, membership: "join" });
			await cora.join(roomId, [pair.host.name]);
			await knows(ada, roomId, { who: cora, membership: "join" });
			const eventId = await cora.send(roomId, "I belong to the club");
			await sees(ada, roomId, { eventId, body: "I belong to the club" });
			await expect(dora.join(roomId, [pair.host.name])).rejects.toThrow();
		},
	},
	{
		name: "somebody knocks, and is let in",
		run: async (pair) => {
			const { ada, ben, roomId } = await knockAt(pair);
			await ada.invite(roomId, ben.userId);
			await eventually(async () => expect(await ben.membership(roomId)).toBe("invite"));
			await ben.join(roomId, [pair.host.name]);
			await knows(ada, roomId, { who: ben, membership: "join" });
			const eventId = await ben.send(roomId, "Thank you");
			await sees(ada, roomId, { eventId, body: "Thank you" });
		},
	},
	{
		name: "a room is replaced by a newer one, and people of both servers go on there",
		run: async ({ host, guest, version }) => {
			const [ada, ben] = await Promise.all([host.register("ada"), guest.register("ben")]);
			const aliasLocalpart = `hall-${version}-${Math.random().toString(36).slice(2)}`;
			const old = await ada.createRoom({ version, name: "Hall", aliasLocalpart });
			await ben.join(old, [host.name]);
			await knows(ada, old, { who: ben, membership: "join" });
			const next = await ada.upgrade(old, nextVersion[version]);
			await eventually(async () => expect(await ben.replacement(old)).toBe(next));
			expect(await ben.join(`#${aliasLocalpart}:${host.name}`, [host.name])).toBe(next);
			await knows(ada, next, { who: ben, membership: "join" });
			expect(await ben.details(next)).toMatchObject({ name: "Hall" });
			const eventId = await ben.send(next, "Here we are");
			await sees(ada, next, { eventId, body: "Here we are" });
			await expect(ben.send(old, "Nobody here?")).rejects.toThrow();
		},
	},
];

/**
 * Where both sides tell each other that a knock is over. Synapse (1.163) tells nobody that one was taken back, and nobody
 * outside of the room that one was refused.
 */
export const endedKnockScenarios: readonly Scenario[] = [
	{
		name: "somebody knocks, and takes it back",
		run: async (pair) => {
			const { ada, ben, roomId } = await knockAt(pair);
			await ben.leave(roomId);
			await knows(ada, roomId, { who: ben, membership: "leave" });
		},
	},
	{
		name: "somebody knocks, and is turned away",
		run: async (pair) => {
			const { ada, ben, roomId } = await knockAt(pair);
			await ada.kick(roomId, ben.userId);
			await eventually(async () => expect(await ben.membership(roomId)).not.toBe("knock"));
			await expect(ben.join(roomId, [pair.host.name])).rejects.toThrow();
		},
	},
];
