import { describe, expect, it } from "vitest";
import type { RoomId, UserId } from "../../../federation/identifiers/identifier-types.ts";
import { roomVersions } from "../../../federation/room-versions/room-versions.ts";
import { createTestDatabase } from "../../../tests/setup/test-database.ts";
import { createTestRooms, noRemoteRooms, type TestRooms, testServerName } from "../../../tests/setup/test-rooms.ts";
import { AppError } from "../../shared/app-error.ts";
import { createRooms, createWriteLimiter } from "./public.ts";

const memberCount = 320;

/** A public room of many, with one who is banned and one who is invited. */
const openLargeRoom = async () => {
	const test = await createTestDatabase();
	const kith = createTestRooms(test.database);
	const owner = await kith.addPerson("owner");
	const names = Array.from({ length: memberCount }, (_, at) => `member${at}`);
	const members = await Promise.all([...names, "banned", "invited"].map((name) => kith.addPerson(name)));
	const [invited, banned] = [members.pop() as UserId, members.pop() as UserId];
	const create = { transactionId: "t", kind: "public" as const, name: "Crowd", inviteeIds: [invited] };
	const roomId = await kith.rooms.create({ creatorId: owner, ...create });
	await Promise.all([...members, banned].map((userId) => kith.rooms.join({ userId, room: roomId })));
	await kith.rooms.ban({ userId: owner, roomId, targetId: banned });
	const upgrade = { userId: owner, roomId, transactionId: "up", version: "12", ownerIds: [] };
	const people = async (ofRoom: RoomId) => {
		const { rows } = await test.database.pool.query(
			`SELECT m.membership, count(*)::int AS n FROM memberships m JOIN rooms r ON r.nid = m.room_nid
			WHERE r.id = $1 GROUP BY 1 ORDER BY 1`,
			[ofRoom],
		);
		return Object.fromEntries(rows.map((row) => [row.membership, row.n]));
	};
	const joinRuleOf = async (ofRoom: RoomId) =>
		(await test.database.pool.query("SELECT join_rule FROM rooms WHERE id = $1", [ofRoom])).rows[0].join_rule;
	const replacement = async () =>
		(await test.database.pool.query("SELECT replacement_room_id FROM rooms WHERE id = $1", [roomId])).rows[0]
			.replacement_room_id as RoomId;
	return {
		...kith,
		roomId,
		owner,
		banned,
		upgrade,
		people,
		joinRuleOf,
		replacement,
		database: test.database,
		[Symbol.asyncDispose]: () => test[Symbol.asyncDispose](),
	};
};

/** The use cases of a process that ends after so many jobs. */
const dyingRooms = ({ lane, directory }: TestRooms, jobs: number) => {
	let submitted = 0;
	const submit: typeof lane.submit = (job) => {
		submitted += 1;
		return submitted > jobs ? Promise.reject(new AppError("unavailable")) : lane.submit(job);
	};
	return createRooms({
		lane: { ...lane, submit },
		directory,
		limiter: createWriteLimiter(0, Date),
		remote: noRemoteRooms,
		serverName: testServerName,
		defaultVersion: roomVersions[12],
		requireOwnPicture: async () => undefined,
		randomRoomId: () => "!never:kith.example" as RoomId,
	});
};

const everybody = { ban: 1, invite: 1, join: memberCount + 1 };

describe("the upgrade of a large room", { timeout: 60_000 }, () => {
	it("takes people over in short steps, lets others write in between, and ends with everybody there", async () => {
		await using room = await openLargeRoom();
		const before = room.committed.length;
		const upgraded = room.rooms.upgrade(room.upgrade);
		const other = await room.rooms.create({ creatorId: room.owner, transactionId: "o", kind: "group", inviteeIds: [] });
		const sent = room.messages.send({ userId: room.owner, roomId: other, transactionId: "s", body: "meanwhile" });
		const isFirst = await Promise.race([sent.then(() => true), upgraded.then(() => false)]);
		expect(isFirst).toBe(true);
		const next = await upgraded;
		expect(await room.people(next)).toEqual(everybody);
		expect(await room.joinRuleOf(next)).toBe("public");
		// Two events a person, and what a new room begins with.
		for (const { from, to } of room.committed.slice(before)) expect(to - from).toBeLessThanOrEqual(220);
		expect(await room.directory.pendingMoves()).toEqual([]);
	});

	it("is finished by a retry, or by another process, after the one that began it ended", async () => {
		await using room = await openLargeRoom();
		await expect(dyingRooms(room, 2).upgrade(room.upgrade)).rejects.toMatchObject({ code: "unavailable" });
		const next = await room.replacement();
		// The door stays shut until the banned are banned here too.
		expect(await room.joinRuleOf(next)).toBe("invite");
		expect(await room.people(next)).not.toEqual(everybody);
		expect(
			await dyingRooms(room, 3)
				.upgrade(room.upgrade)
				.catch((error: AppError) => error.code),
		).toBe("unavailable");
		const processes = [createTestRooms(room.database), createTestRooms(room.database)];
		await Promise.all(processes.map(({ rooms }) => rooms.finishUpgrades()));
		expect(await room.rooms.upgrade(room.upgrade)).toBe(next);
		expect(await room.people(next)).toEqual(everybody);
		expect(await room.joinRuleOf(next)).toBe("public");
		await expect(room.rooms.join({ userId: room.banned, room: next })).rejects.toMatchObject({ code: "forbidden" });
		expect(await room.directory.pendingMoves()).toEqual([]);
	});
});
