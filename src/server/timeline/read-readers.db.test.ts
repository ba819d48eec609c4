import { describe, expect, it } from "vitest";
import type { EventId } from "../../../federation/identifiers/identifier-types.ts";
import { createTestTimeline } from "../../../tests/setup/test-timeline.ts";

describe("readReaders", () => {
	it("tells who has read a message, who has it, and who has not", async () => {
		await using kith = await createTestTimeline();
		const people = await Promise.all(["amy", "ben", "cas", "dan", "eve"].map((name) => kith.addPerson(name)));
		const [amy, ben, cas, dan, eve] = people;
		if (!amy || !ben || !cas || !dan || !eve) throw new Error("five people");
		const roomId = await kith.makeRoom([amy, ben, cas, dan, eve]);
		const [first, second] = (await kith.say(amy, roomId, "one", "two")) as EventId[];
		if (first === undefined || second === undefined) throw new Error("two messages");
		await kith.messages.markRead({ userId: ben, roomId, eventId: first, kind: "public" });
		await kith.messages.markRead({ userId: cas, roomId, eventId: second, kind: "public" });
		await kith.messages.markRead({ userId: dan, roomId, eventId: second, kind: "private" });
		await kith.database.pool.query(
			`INSERT INTO sessions (id, user_id, device_id, device_name, acked_position)
				VALUES ('s1', $1, 'd1', '', $2), ('s2', $3, 'd2', '', 0)`,
			[dan, await kith.head(), eve],
		);
		const statesOf = async (eventId: EventId) => {
			const { items } = await kith.timeline.readers(amy, { roomId, eventId });
			return items.map(({ userId, state, isExact }) => [userId, state, isExact]);
		};
		expect(await statesOf(first)).toEqual([
			[ben, "read", true],
			[cas, "read", false],
			[dan, "delivered", undefined],
			[eve, "sent", undefined],
		]);
		expect(await statesOf(second)).toEqual([
			[cas, "read", true],
			[ben, "sent", undefined],
			[dan, "delivered", undefined],
			[eve, "sent", undefined],
		]);
	});

	it("tells nothing to somebody who is not in the room, or of an event that they may not see", async () => {
		await using kith = await createTestTimeline();
		const [amy, ben, zoe] = await Promise.all(["amy", "ben", "zoe"].map((name) => kith.addPerson(name)));
		if (!amy || !ben || !zoe) throw new Error("three people");
		const roomId = await kith.makeRoom([amy]);
		await kith.rooms.setHistoryVisibility({ userId: amy, roomId, historyVisibility: "joined" });
		const [eventId] = (await kith.say(amy, roomId, "before")) as EventId[];
		if (eventId === undefined) throw new Error("a message");
		await kith.rooms.invite({ userId: amy, roomId, targetId: ben });
		await expect(kith.timeline.readers(ben, { roomId, eventId })).rejects.toMatchObject({ code: "not-a-member" });
		await expect(kith.timeline.readers(zoe, { roomId, eventId })).rejects.toMatchObject({ code: "not-found" });
		await kith.rooms.join({ userId: ben, room: roomId });
		await expect(kith.timeline.readers(ben, { roomId, eventId })).rejects.toMatchObject({ code: "not-found" });
		const other = await kith.makeRoom([ben]);
		const [elsewhere] = (await kith.say(ben, other, "elsewhere")) as EventId[];
		await expect(kith.timeline.readers(amy, { roomId, eventId: elsewhere ?? eventId })).rejects.toMatchObject({
			code: "not-found",
		});
	});
});
