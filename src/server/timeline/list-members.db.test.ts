import { describe, expect, it } from "vitest";
import { createTestTimeline } from "../../../tests/setup/test-timeline.ts";

describe("listMembers", () => {
	it.each([
		["12", "owner"],
		["11", "owner"],
	] as const)("names roles in version %s and pages by user id", async (versionId, creatorRole) => {
		await using kith = await createTestTimeline(versionId);
		const people = ["amy", "ben", "cas", "dan", "eve"];
		const [amy, ben, cas, dan, eve] = await Promise.all(people.map((name) => kith.addPerson(name)));
		if (!amy || !ben || !cas || !dan || !eve) throw new Error("five people");
		const roomId = await kith.makeRoom([amy, ben, cas]);
		await kith.rooms.setRole({ userId: amy, roomId, targetId: ben, role: "admin" });
		await kith.rooms.setRole({ userId: amy, roomId, targetId: cas, role: "moderator" });
		await kith.rooms.invite({ userId: amy, roomId, targetId: dan });
		await kith.rooms.ban({ userId: amy, roomId, targetId: eve });
		await kith.rooms.invite({ userId: amy, roomId, targetId: await kith.addPerson("fay") });
		const first = await kith.timeline.members(ben, { roomId, limit: 2 });
		expect(first.items.map(({ displayName, membership, role }) => [displayName, membership, role])).toEqual([
			["amy", "join", creatorRole],
			["ben", "join", "admin"],
			["cas", "join", "moderator"],
			["dan", "invite", "member"],
			[eve, "ban", "member"],
		]);
		const second = await kith.timeline.members(ben, { roomId, limit: 2, cursor: first.nextCursor });
		expect(second.items.map(({ userId, membership, role }) => [userId, membership, role])).toEqual([
			["@fay:kith.example", "invite", "member"],
		]);
		expect(second.nextCursor).toBeUndefined();
		await expect(kith.timeline.members(dan, { roomId, limit: 3 })).rejects.toMatchObject({ code: "not-a-member" });
		for (const cursor of ["\u0000", "a\u0000b"]) {
			await expect(kith.timeline.members(ben, { roomId, limit: 3, cursor })).rejects.toMatchObject({
				code: "bad-input",
			});
		}
		const found = async (query: { text?: string; membership?: "join" | "ban"; cursor?: string }) =>
			(await kith.timeline.members(ben, { roomId, limit: 9, ...query })).items.map(({ userId }) => userId);
		expect(await found({ cursor: "\ud800" })).toEqual([]);
		expect(await found({ text: "AM" })).toEqual([amy]);
		expect(await found({ text: "@cas:kith" })).toEqual([cas]);
		expect(await found({ text: "a" })).toEqual([amy, cas, dan, "@fay:kith.example"]);
		for (const text of ["%", "_", "\u0000", "\ud800"]) expect(await found({ text })).toEqual([]);
		expect(await found({ membership: "join" })).toEqual([amy, ben, cas]);
		expect(await found({ membership: "ban" })).toEqual([eve]);
		const zoe = await kith.addPerson("zoe");
		await expect(kith.timeline.members(zoe, { roomId, limit: 3 })).rejects.toMatchObject({ code: "not-found" });
	});
});
