import { expect } from "vitest";
import { eventually } from "../eventually.ts";
import { inviteBen, knows, meet, type Scenario, sees } from "../scenario.ts";

export const membershipScenarios: readonly Scenario[] = [
	{
		name: "an invitation is accepted",
		run: async (pair) => {
			const { ada, ben, roomId } = await meet(pair);
			expect((await ben.members(roomId)).get(ada.userId)).toBe("join");
			expect(await ben.details(roomId)).toMatchObject({ name: "Garden" });
		},
	},
	{
		name: "an invitation is turned down",
		run: async (pair) => {
			const { ada, ben, roomId } = await inviteBen(pair);
			await ben.leave(roomId);
			await knows(ada, roomId, { who: ben, membership: "leave" });
			expect(await ben.membership(roomId)).not.toBe("invite");
		},
	},
	{
		name: "an invitation is taken back",
		run: async (pair) => {
			const { ada, ben, roomId } = await inviteBen(pair);
			await ada.kick(roomId, ben.userId);
			await eventually(async () => expect(await ben.membership(roomId)).not.toBe("invite"));
		},
	},
	{
		name: "a public room is joined by its alias",
		run: async ({ host, guest, version }) => {
			const [ada, ben] = await Promise.all([host.register("ada"), guest.register("ben")]);
			const aliasLocalpart = `square-${version}-${Math.random().toString(36).slice(2)}`;
			const roomId = await ada.createRoom({ version, name: "Square", aliasLocalpart });
			expect(await ben.join(`#${aliasLocalpart}:${host.name}`, [host.name])).toBe(roomId);
			await knows(ada, roomId, { who: ben, membership: "join" });
			const eventId = await ben.send(roomId, "Found it");
			await sees(ada, roomId, { eventId, body: "Found it" });
		},
	},
	{
		name: "whoever left a public room comes back",
		run: async ({ host, guest, version }) => {
			const [ada, ben] = await Promise.all([host.register("ada"), guest.register("ben")]);
			const aliasLocalpart = `door-${version}-${Math.random().toString(36).slice(2)}`;
			const roomId = await ada.createRoom({ version, name: "Door", aliasLocalpart });
			await ben.join(roomId, [host.name]);
			await knows(ada, roomId, { who: ben, membership: "join" });
			await ben.leave(roomId);
			await knows(ada, roomId, { who: ben, membership: "leave" });
			const missed = await ada.send(roomId, "Written while Ben was away");
			await ben.join(roomId, [host.name]);
			await knows(ada, roomId, { who: ben, membership: "join" });
			const eventId = await ada.send(roomId, "Welcome back");
			await sees(ben, roomId, { eventId, body: "Welcome back" });
			await sees(ada, roomId, { eventId: missed, body: "Written while Ben was away" });
		},
	},
	{
		name: "somebody is removed",
		run: async (pair) => {
			const { ada, ben, roomId } = await meet(pair);
			await ada.kick(roomId, ben.userId);
			await eventually(async () => expect(await ben.membership(roomId)).not.toBe("join"));
			await expect(ben.send(roomId, "Still here?")).rejects.toThrow();
		},
	},
	{
		name: "somebody is banned, kept out, and let in again",
		run: async (pair) => {
			const { ada, ben, roomId } = await meet(pair);
			await ada.ban(roomId, ben.userId);
			await eventually(async () => expect(await ben.membership(roomId)).not.toBe("join"));
			await expect(ben.join(roomId, [pair.host.name])).rejects.toThrow();
			await ada.unban(roomId, ben.userId);
			await ada.invite(roomId, ben.userId);
			await eventually(async () => expect(await ben.membership(roomId)).toBe("invite"));
			await ben.join(roomId, [pair.host.name]);
			await knows(ada, roomId, { who: ben, membership: "join" });
		},
	},
	{
		name: "a moderator of the other server removes somebody",
		run: async (pair) => {
			const { ada, ben, roomId } = await meet(pair);
			const cora = await pair.host.register("cora");
			await ada.invite(roomId, cora.userId);
			await cora.join(roomId);
			await knows(ben, roomId, { who: cora, membership: "join" });
			await ada.setPower(roomId, ben.userId, 50);
			await eventually(() => ben.kick(roomId, cora.userId));
			await eventually(async () => expect(await cora.membership(roomId)).not.toBe("join"));
			await knows(ada, roomId, { who: cora, membership: "leave" });
		},
	},
];
