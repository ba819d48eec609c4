import { describe, expect, it } from "vitest";
import { createTestDatabase } from "../../../tests/setup/test-database.ts";
import { createTestRooms } from "../../../tests/setup/test-rooms.ts";

const openRooms = async () => {
	const test = await createTestDatabase();
	const kith = createTestRooms(test.database);
	const [ann, ben] = [await kith.addPerson("ann"), await kith.addPerson("ben")];
	const makeRoom = (creatorId: typeof ann, inviteeIds: (typeof ann)[]) =>
		kith.rooms.create({ creatorId, transactionId: kith.transactionId(), kind: "group", inviteeIds });
	const joined = [await makeRoom(ann, [ben]), await makeRoom(ann, [])];
	const invited = await makeRoom(ben, [ann]);
	const left = await makeRoom(ben, [ann]);
	await kith.rooms.leave({ userId: ann, roomId: left });
	const memberIn = async (roomId: (typeof joined)[number]) => {
		const snapshot = await kith.directory.snapshot(roomId, [ann]);
		return snapshot?.state.get("m.room.member", ann)?.content;
	};
	const rename = (name: string) =>
		test.database.pool.query("UPDATE users SET display_name = $2 WHERE id = $1", [ann, name]);
	return {
		...kith,
		...{ ann, joined, invited, left, memberIn, rename },
		[Symbol.asyncDispose]: () => test[Symbol.asyncDispose](),
	};
};

describe("following an account", () => {
	it("shows a new name in the rooms a person is in and in no other, once", async () => {
		await using all = await openRooms();
		await all.rename("Ann Archer");
		await all.rooms.showProfile(all.ann);
		for (const roomId of all.joined) {
			expect(await all.memberIn(roomId)).toEqual({ membership: "join", displayname: "Ann Archer" });
		}
		expect((await all.memberIn(all.invited))?.["membership"]).toBe("invite");
		expect((await all.memberIn(all.left))?.["membership"]).toBe("leave");
		const committed = all.committed.length;
		await all.rooms.showProfile(all.ann);
		expect(all.committed.length).toBe(committed);
	});

	it("leaves every room and turns invitations down", async () => {
		await using all = await openRooms();
		await all.rooms.leaveAll(all.ann);
		for (const roomId of [...all.joined, all.invited, all.left]) {
			expect((await all.memberIn(roomId))?.["membership"]).toBe("leave");
		}
		await expect(all.rooms.leaveAll(all.ann)).resolves.toBeUndefined();
	});
});
