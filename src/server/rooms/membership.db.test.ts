import { describe, expect, it } from "vitest";
import type { RoomVersionId } from "../../../federation/room-versions/room-version.ts";
import { createTestDatabase } from "../../../tests/setup/test-database.ts";
import { createTestRooms } from "../../../tests/setup/test-rooms.ts";
import { roleOf } from "../timeline/public.ts";

const openGroup = async (versionId: RoomVersionId = "12") => {
	const test = await createTestDatabase();
	const kith = createTestRooms(test.database, versionId);
	const [owner, admin, moderator, member, stranger] = (await Promise.all(
		["owner", "admin", "moderator", "member", "stranger"].map((name) => kith.addPerson(name)),
	)) as [never, never, never, never, never];
	const inviteeIds = [admin, moderator, member];
	const roomId = await kith.rooms.create({ creatorId: owner, transactionId: "t", kind: "group", inviteeIds });
	for (const userId of inviteeIds) await kith.rooms.join({ userId, room: roomId });
	await kith.rooms.setRole({ userId: owner, roomId, targetId: admin, role: "admin" });
	await kith.rooms.setRole({ userId: admin, roomId, targetId: moderator, role: "moderator" });
	const rowOf = async () => (await test.database.pool.query("SELECT * FROM rooms WHERE id = $1", [roomId])).rows[0];
	const roleIn = async (userId: never) => {
		const snapshot = await kith.directory.snapshot(roomId, [userId]);
		return snapshot === undefined ? undefined : roleOf(snapshot.state, userId, snapshot.version);
	};
	return {
		...kith,
		test,
		roomId,
		owner,
		admin,
		moderator,
		member,
		stranger,
		rowOf,
		roleIn,
		[Symbol.asyncDispose]: () => test[Symbol.asyncDispose](),
	};
};

describe("roles and membership", () => {
	it.each(["10", "11", "12"] as const)("gives roles that power levels carry in version %s", async (versionId) => {
		await using group = await openGroup(versionId);
		const { owner, admin, moderator, member, roleIn } = group;
		expect(await Promise.all([owner, admin, moderator, member].map(roleIn))).toEqual([
			"owner",
			"admin",
			"moderator",
			"member",
		]);
	});

	it("lets no admin demote the creator of a version 12 room, nor anybody make owners", async () => {
		await using group = await openGroup();
		const { rooms, roomId, admin, owner } = group;
		await expect(rooms.setRole({ userId: admin, roomId, targetId: owner, role: "moderator" })).rejects.toMatchObject({
			code: "forbidden",
			rule: "AUTH-LEVELS-CREATORS",
		});
		await expect(rooms.kick({ userId: admin, roomId, targetId: owner })).rejects.toMatchObject({ code: "forbidden" });
	});

	it("lets no admin demote another of the same level", async () => {
		await using group = await openGroup();
		const { rooms, roomId, owner, admin, member } = group;
		await rooms.setRole({ userId: owner, roomId, targetId: member, role: "admin" });
		await expect(rooms.setRole({ userId: admin, roomId, targetId: member, role: "member" })).rejects.toMatchObject({
			rule: "AUTH-LEVELS-USER-CURRENT",
		});
	});

	it("kicks, bans, lifts the ban and invites again, and counts members right", async () => {
		await using group = await openGroup();
		const { rooms, roomId, moderator, member, admin, owner, rowOf } = group;
		await expect(rooms.kick({ userId: member, roomId, targetId: moderator })).rejects.toMatchObject({
			code: "forbidden",
		});
		await rooms.kick({ userId: moderator, roomId, targetId: member });
		expect((await rowOf()).joined_count).toBe(3);
		await expect(rooms.join({ userId: member, room: roomId })).rejects.toMatchObject({ code: "forbidden" });
		await rooms.invite({ userId: owner, roomId, targetId: member });
		expect((await rowOf()).invited_count).toBe(1);
		await rooms.leave({ userId: member, roomId });
		expect((await rowOf()).invited_count).toBe(0);
		await rooms.ban({ userId: moderator, roomId, targetId: member });
		await expect(rooms.invite({ userId: admin, roomId, targetId: member })).rejects.toMatchObject({
			code: "forbidden",
		});
		await rooms.unban({ userId: moderator, roomId, targetId: member });
		await rooms.invite({ userId: admin, roomId, targetId: member });
		await rooms.join({ userId: member, room: roomId });
		expect(await rowOf()).toMatchObject({ joined_count: 4, invited_count: 0 });
	});

	it("forgets only what was left, and brings the room back with a new invitation", async () => {
		await using group = await openGroup();
		const { rooms, roomId, member, owner, test } = group;
		await expect(rooms.forget({ userId: member, roomId })).rejects.toMatchObject({ code: "already-member" });
		await rooms.leave({ userId: member, roomId });
		await rooms.forget({ userId: member, roomId });
		const forgotten = async () =>
			(await test.database.pool.query("SELECT is_forgotten FROM memberships WHERE user_id = $1", [member])).rows[0]
				.is_forgotten;
		expect(await forgotten()).toBe(true);
		await rooms.invite({ userId: owner, roomId, targetId: member });
		expect(await forgotten()).toBe(false);
	});

	it("refuses people of other servers and people who do not exist, typed", async () => {
		await using group = await openGroup();
		const { rooms, roomId, owner } = group;
		const invite = (targetId: string) => rooms.invite({ userId: owner, roomId, targetId: targetId as never });
		await expect(invite("@x:elsewhere.example")).rejects.toMatchObject({ code: "server-unknown" });
		await expect(invite("@nobody:kith.example")).rejects.toMatchObject({ code: "user-unknown" });
	});

	it("opens one direct chat for a pair who begin at the same moment, in two processes", async () => {
		await using test = await createTestDatabase();
		const processes = [createTestRooms(test.database), createTestRooms(test.database)] as const;
		const [alice, bob] = [await processes[0].addPerson("alice"), await processes[0].addPerson("bob")];
		const open = (index: 0 | 1, transactionId: string) =>
			processes[index].rooms.create({ creatorId: alice, transactionId, kind: "direct", inviteeIds: [bob] });
		const roomIds = await Promise.all(
			Array.from({ length: 24 }, (_, index) => open(index % 2 === 0 ? 0 : 1, `t${index}`)),
		);
		expect(new Set(roomIds).size).toBe(1);
	});

	it("opens one direct chat for a pair, whoever begins, in which both are owners", async () => {
		await using group = await openGroup();
		const { rooms, owner, member, directory } = group;
		const direct = { kind: "direct" as const, transactionId: "d" };
		const roomId = await rooms.create({ ...direct, creatorId: owner, inviteeIds: [member] });
		await rooms.join({ userId: member, room: roomId });
		expect(await rooms.create({ ...direct, creatorId: member, inviteeIds: [owner] })).toBe(roomId);
		const snapshot = await directory.snapshot(roomId, [owner, member]);
		if (snapshot === undefined) throw new Error("no room");
		expect([owner, member].map((userId) => roleOf(snapshot.state, userId, snapshot.version))).toEqual([
			"owner",
			"owner",
		]);
	});

	it("finds a public room by its alias, of which there is one", async () => {
		await using group = await openGroup();
		const { rooms, owner, stranger, admin } = group;
		const input = { kind: "public" as const, inviteeIds: [], aliasLocalpart: "garden" };
		const roomId = await rooms.create({ ...input, creatorId: owner, transactionId: "p" });
		expect(await rooms.join({ userId: stranger, room: "#garden:kith.example" as never })).toBe(roomId);
		await expect(rooms.create({ ...input, creatorId: admin, transactionId: "q" })).rejects.toMatchObject({
			code: "alias-taken",
		});
		await expect(
			rooms.removeAlias({ userId: stranger, roomId, alias: "#garden:kith.example" as never }),
		).rejects.toMatchObject({ code: "forbidden" });
		await rooms.removeAlias({ userId: owner, roomId, alias: "#garden:kith.example" as never });
		await expect(rooms.join({ userId: admin, room: "#garden:kith.example" as never })).rejects.toMatchObject({
			code: "not-found",
		});
	});
});

describe("room upgrade", () => {
	it("moves people, bans, roles, state and aliases, closes the old room, and hands over ownership", async () => {
		await using group = await openGroup("11");
		const { rooms, roomId, owner, admin, moderator, member, stranger, directory, messages, test, transactionId } =
			group;
		await rooms.setName({ userId: owner, roomId, name: "Choir" });
		await rooms.ban({ userId: owner, roomId, targetId: stranger });
		await rooms.addAlias({ userId: owner, roomId, alias: "#choir:kith.example" as never });
		await expect(
			rooms.upgrade({ userId: moderator, roomId, transactionId: transactionId(), version: "12", ownerIds: [] }),
		).rejects.toMatchObject({
			code: "forbidden",
		});
		await expect(
			rooms.upgrade({ userId: owner, roomId, transactionId: transactionId(), version: "9", ownerIds: [] }),
		).rejects.toMatchObject({
			code: "version-not-supported",
		});
		const next = await rooms.upgrade({
			userId: owner,
			roomId,
			transactionId: transactionId(),
			version: "12",
			ownerIds: [member],
		});
		const snapshot = await directory.snapshot(next, [owner, admin, moderator, member, stranger]);
		if (snapshot === undefined) throw new Error("no room");
		const roles = [owner, admin, moderator, member].map((userId) => roleOf(snapshot.state, userId, snapshot.version));
		expect(roles).toEqual(["owner", "admin", "moderator", "owner"]);
		const membership = (userId: never) => snapshot.state.get("m.room.member", userId)?.content["membership"];
		expect([owner, admin, moderator, member, stranger].map(membership)).toEqual([
			"join",
			"join",
			"join",
			"join",
			"ban",
		]);
		expect(snapshot.state.get("m.room.name", "")?.content).toMatchObject({ name: "Choir" });
		expect(snapshot.state.get("m.room.create", "")?.content).toMatchObject({ predecessor: { room_id: roomId } });
		expect(await directory.roomIdOfAlias("#choir:kith.example")).toBe(next);
		await expect(messages.send({ userId: owner, roomId, transactionId: "late", body: "late" })).rejects.toMatchObject({
			code: "room-upgraded",
		});
		await expect(
			rooms.upgrade({ userId: owner, roomId, transactionId: transactionId(), version: "12", ownerIds: [] }),
		).rejects.toMatchObject({
			code: "room-upgraded",
		});
		const { rows } = await test.database.pool.query("SELECT replacement_room_id FROM rooms WHERE id = $1", [roomId]);
		expect(rows).toEqual([{ replacement_room_id: next }]);
	});

	it("answers a retry with the first answer, at the same moment, after a restart and in another process", async () => {
		await using group = await openGroup("11");
		const { rooms, roomId, owner, test } = group;
		const upgrade = { userId: owner, roomId, transactionId: "again", version: "12", ownerIds: [] };
		// Its id means something else elsewhere: a room made under it is not the answer.
		await rooms.create({ creatorId: owner, transactionId: "again", kind: "group", inviteeIds: [] });
		const other = createTestRooms(test.database).rooms;
		const answers = await Promise.all([rooms.upgrade(upgrade), rooms.upgrade(upgrade), other.upgrade(upgrade)]);
		answers.push(await createTestRooms(test.database).rooms.upgrade(upgrade));
		expect(new Set(answers).size).toBe(1);
		const { rows } = await test.database.pool.query("SELECT replacement_room_id FROM rooms WHERE id = $1", [roomId]);
		expect(rows).toEqual([{ replacement_room_id: answers[0] }]);
		await expect(rooms.upgrade({ ...upgrade, transactionId: "anew" })).rejects.toMatchObject({ code: "room-upgraded" });
	});
});
