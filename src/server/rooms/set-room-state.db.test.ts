import { expect, it } from "vitest";
import type { UserId } from "../../../federation/identifiers/identifier-types.ts";
import { createTestDatabase } from "../../../tests/setup/test-database.ts";
import { createTestRooms, testServerName } from "../../../tests/setup/test-rooms.ts";

it("opens a room to who is in another, and keeps servers out, but never this one", async () => {
	await using test = await createTestDatabase();
	const { rooms, directory, addPerson } = createTestRooms(test.database);
	const [ada, ben] = [await addPerson("ada"), await addPerson("ben")];
	const make = (transactionId: string) =>
		rooms.create({ creatorId: ada, transactionId, kind: "group", inviteeIds: [ben] });
	const [club, roomId] = [await make("club"), await make("room")];
	const said = async (type: string) => (await directory.snapshot(roomId, []))?.state.get(type, "")?.content;

	await rooms.setJoinRule({ userId: ada, roomId, joinRule: "restricted", allowedRoomIds: [club] });
	expect(await said("m.room.join_rules")).toEqual({
		join_rule: "restricted",
		allow: [{ type: "m.room_membership", room_id: club }],
	});

	const setAcl = (userId: UserId, deny: readonly string[]) =>
		rooms.setServerAcl({ userId, roomId, allow: ["*"], deny, allowIpLiterals: false });
	await setAcl(ada, ["evil.example"]);
	const list = { allow: ["*"], deny: ["evil.example"], allow_ip_literals: false };
	expect(await said("m.room.server_acl")).toEqual(list);
	await expect(setAcl(ada, [testServerName])).rejects.toMatchObject({ code: "bad-input" });
	await rooms.join({ userId: ben, room: roomId });
	await expect(setAcl(ben, ["other.example"])).rejects.toMatchObject({ code: "forbidden" });
	expect(await said("m.room.server_acl")).toEqual(list);
});
