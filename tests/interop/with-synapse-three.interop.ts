import { describe, expect, it } from "vitest";
import { eventually } from "./eventually.ts";
import type { Person } from "./homeserver.ts";
import { openPeers } from "./peers.ts";
import { knows, sees } from "./scenario.ts";
import { startTestKiths } from "./test-kith.ts";

const peers = await openPeers();

describe("version 12", { timeout: 300_000 }, () => {
	it("a Kith and two Synapses go on in a room whose creator's server is gone for good", async () => {
		const [north, south] = peers.synapses;
		if (north === undefined || south === undefined) throw new Error("two Synapses are needed");
		await using kiths = await startTestKiths(2, { roomVersion: "12", peers });
		const [gone, kith] = kiths.all;
		if (gone === undefined || kith === undefined) throw new Error("two Kiths were asked for");
		const ada = await gone.register("ada");
		const aliasLocalpart = `orphan-${Math.random().toString(36).slice(2)}`;
		const roomId = await ada.createRoom({ version: "12", name: "Orphanage", aliasLocalpart });
		const people = await Promise.all([kith.register("ben"), north.register("cora"), south.register("dan")]);
		const [ben, cora, dan] = people;
		for (const person of people) {
			await person.join(roomId, [gone.name]);
			await knows(ada, roomId, { who: person, membership: "join" });
		}
		await ada.setPower(roomId, ben.userId, 100);
		await everybodyKnows(people, roomId, people);
		await eventually(() => ben.setTopic(roomId, "Ben looks after it"));
		await everywhere(people, async (person) =>
			expect(await person.details(roomId)).toMatchObject({ topic: "Ben looks after it" }),
		);
		await gone.kill();

		for (const writer of people) {
			const body = `${writer.userId} is still here`;
			const eventId = await writer.send(roomId, body);
			for (const reader of people) await sees(reader, roomId, { eventId, body });
		}
		// Whoever comes now comes through those who stayed, and needs the keys of the one that is gone.
		const [eve, fay] = await Promise.all([kith.register("eve"), south.register("fay")]);
		await ben.invite(roomId, fay.userId);
		await eventually(async () => expect(await fay.membership(roomId)).toBe("invite"));
		await fay.join(roomId, [kith.name]);
		await eve.join(roomId, [north.name]);
		await everybodyKnows(people, roomId, [...people, eve, fay]);
		await dan.leave(roomId);
		await ben.setName(roomId, "Home");
		await everywhere([ben, cora, eve, fay], async (person) => {
			expect(await person.details(roomId)).toMatchObject({ name: "Home" });
			expect((await person.members(roomId)).get(dan.userId) ?? "leave").toBe("leave");
		});
	});
});

const everywhere = async (people: readonly Person[], look: (person: Person) => Promise<void>): Promise<void> => {
	for (const person of people) await eventually(() => look(person), 60);
};

const everybodyKnows = (readers: readonly Person[], roomId: string, members: readonly Person[]): Promise<void> =>
	everywhere(readers, async (reader) => {
		const known = await reader.members(roomId);
		expect(members.map(({ userId }) => known.get(userId))).toEqual(members.map(() => "join"));
	});
