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
		const first = await kith.timeline.members(ben, { roomId, limit: 3 });
		expect(first.items.map(({ displayName, membership, role }) => [displayName, membership, role])).toEqual([
			["amy", "join", creatorRole],
			["ben", "join", "admin"],
			["cas", "join", "moderator"],
		]);
		const second = await kith.timeline.members(ben, { roomId, limit: 3, cursor: first.nextCursor });
		expect(second.items.map(({ userId, membership, role }) => [userId, membership, role])).toEqual([
			[dan, "invite", "member"],
			[eve, "ban", "member"],
		]);
		expect(second.nextCursor).toBeUndefined();
		await expect(kith.timeline.members(dan, { roomId, limit: 3 })).rejects.toMatchObject({ code: "not-a-member" });
		for (const cursor of ["\u0000", "a\u0000b"]) {
			await expect(kith.timeline.members(ben, { roomId, limit: 3, cursor })).rejects.toMatchObject({
				code: "bad-input",
			});
		}
		expect((await kith.timeline.members(ben, { roomId, limit: 3, cursor: "\ud800" })).items).toEqual([]);
		const zoe = await kith.addPerson("zoe");
		await expect(kith.timeline.members(zoe, { roomId, limit: 3 })).rejects.toMatchObject({ code: "not-found" });
	});
});
