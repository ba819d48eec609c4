import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { RoomId, UserId } from "../../../federation/identifiers/identifier-types.ts";
import { fillRooms } from "../../../tests/setup/fill-rooms.ts";
import { createBackupPlace, createEmptyDatabase } from "../../../tests/setup/test-backup.ts";
import { createTestDatabase } from "../../../tests/setup/test-database.ts";
import { createTestRooms, type TestRooms } from "../../../tests/setup/test-rooms.ts";
import type { Database } from "../adapters/prisma/open-database.ts";

const roomCount = 4;

const openRooms = async (kith: TestRooms): Promise<{ alice: UserId; rooms: RoomId[] }> => {
	const alice = await kith.addPerson("alice");
	const rooms: RoomId[] = [];
	for (let index = 0; index < roomCount; index += 1) {
		const transactionId = kith.transactionId();
		rooms.push(await kith.rooms.create({ creatorId: alice, transactionId, kind: "group", inviteeIds: [] }));
	}
	return { alice, rooms };
};

/** Writes into every room, and makes new ones, until it is told to stop. */
const startWriters = (kith: TestRooms, alice: UserId, rooms: readonly RoomId[]) => {
	let isStopping = false;
	const write = async (roomId: RoomId): Promise<void> => {
		for (let count = 1; !isStopping; count += 1) {
			const transactionId = kith.transactionId();
			await kith.messages.send({ userId: alice, roomId, transactionId, body: `message ${count}` });
			if (count % 50 === 0) {
				const another = kith.transactionId();
				await kith.rooms.create({ creatorId: alice, transactionId: another, kind: "group", inviteeIds: [] });
			}
		}
	};
	const writing = Promise.all(rooms.map(write));
	return async (): Promise<void> => {
		isStopping = true;
		await writing;
	};
};

const countOf = async ({ pool }: Database, text: string): Promise<number> =>
	Number((await pool.query(`SELECT count(*) AS count FROM ${text}`)).rows[0].count);

/** What no moment between two commits shows: each of these counts is 0 whenever nobody is in the middle of a write. */
const contradictions = {
	"an event that no earlier one leads to": `events e WHERE e.sender = '@alice:kith.example' AND e.type <> 'm.room.create'
		AND NOT EXISTS (SELECT 1 FROM event_edges g JOIN events p ON p.nid = g.prev_event_nid
			WHERE g.event_nid = e.nid AND p.room_nid = e.room_nid AND p.position < e.position)`,
	"an edge from or to nowhere": `event_edges g WHERE NOT EXISTS (SELECT 1 FROM events WHERE nid = g.event_nid)
		OR NOT EXISTS (SELECT 1 FROM events WHERE nid = g.prev_event_nid)`,
	"a room that does not end where its events do": `rooms r WHERE r.creator_id = '@alice:kith.example' AND (r.depth, r.head_position)
		<> (SELECT max(depth), max(position) FROM events e WHERE e.room_nid = r.nid)`,
	"a room that counts other messages than it has": `rooms r WHERE r.creator_id = '@alice:kith.example' AND r.message_count
		<> (SELECT count(*) FROM events e WHERE e.room_nid = r.nid AND e.type = 'm.room.message')`,
	"an extremity that is none": `forward_extremities f WHERE NOT EXISTS (SELECT 1 FROM events WHERE nid = f.event_nid)
		OR EXISTS (SELECT 1 FROM event_edges WHERE prev_event_nid = f.event_nid)`,
	"a position beyond the stream's head": "events WHERE position > (SELECT position FROM stream_head WHERE id = 1)",
	"a state group that is missing": `events e WHERE e.state_group_id IS NOT NULL
		AND NOT EXISTS (SELECT 1 FROM state_groups WHERE id = e.state_group_id)`,
	"present state without its event": `current_state s WHERE NOT EXISTS (SELECT 1 FROM events WHERE nid = s.event_nid)`,
};

const findContradictions = async (database: Database): Promise<Record<string, number>> => {
	const found = await Promise.all(
		Object.entries(contradictions).map(async ([name, text]) => [name, await countOf(database, text)] as const),
	);
	return Object.fromEntries(found.filter(([, count]) => count > 0));
};

const readEventRows = async ({ pool }: Database, upTo: number): Promise<readonly unknown[]> =>
	(await pool.query("SELECT md5(e::text) AS hash FROM events e WHERE position <= $1 ORDER BY position", [upTo])).rows;

describe("a backup while people write", () => {
	it("is the server as it was at one moment, and goes on from there", async () => {
		await using source = await createTestDatabase();
		await using place = await createBackupPlace();
		await using target = await createEmptyDatabase();
		const kith = createTestRooms(source.database);
		const { alice, rooms } = await openRooms(kith);
		const viewerId = "@viewer:kith.example" as UserId;
		await fillRooms(source.database, { viewerId, rooms: 10, messagesPerRoom: 300, membersPerRoom: 10 });
		const headOf = async (database: Database): Promise<number> =>
			(await database.pool.query("SELECT position FROM stream_head")).rows[0].position;

		const before = await headOf(source.database);
		const stopWriters = startWriters(kith, alice, rooms);
		let tableCount = 0;
		const beforeTable = async (): Promise<void> => {
			tableCount += 1;
			for (const roomId of rooms) {
				const transactionId = kith.transactionId();
				await kith.messages.send({ userId: alice, roomId, transactionId, body: "between two tables" });
			}
		};
		await place.backUp(source.database, { beforeTable });
		const after = await headOf(source.database);
		await stopWriters();
		const summary = await place.restore({ dataFolder: place.newFolder(), databaseUrl: target.connectionString });

		const { rows: newest } = await target.database.pool.query("SELECT max(position) AS moment FROM events");
		const moment: number = newest[0].moment;
		expect(summary.manifest.identity["server-name"]).toBe("kith.example\n");
		expect(moment).toBeGreaterThanOrEqual(before);
		// Something was written before each table was read: without that this test would show nothing.
		expect(after - moment).toBeGreaterThanOrEqual(tableCount * rooms.length);
		expect(tableCount).toBeGreaterThan(15);
		expect(await findContradictions(target.database)).toEqual({});
		expect(await readEventRows(target.database, moment)).toEqual(await readEventRows(source.database, moment));
		expect(await countOf(target.database, "events")).toBe((await readEventRows(source.database, moment)).length);

		const restored = createTestRooms(target.database);
		for (const roomId of rooms) {
			const transactionId = restored.transactionId();
			const sent = await restored.messages.send({ userId: alice, roomId, transactionId, body: "after the restore" });
			expect(Number(sent.position)).toBeGreaterThan(moment);
		}
		const transactionId = restored.transactionId();
		await restored.rooms.create({ creatorId: alice, transactionId, kind: "group", inviteeIds: [] });
		expect(await findContradictions(target.database)).toEqual({});
	});

	it("shows nothing of what it holds", async () => {
		await using source = await createTestDatabase();
		await using place = await createBackupPlace();
		const kith = createTestRooms(source.database);
		const { alice, rooms } = await openRooms(kith);
		const transactionId = kith.transactionId();
		await kith.messages.send({ userId: alice, roomId: rooms[0] as RoomId, transactionId, body: "canary" });
		await place.backUp(source.database);
		const archive = await readFile(place.file);
		const key = (await readFile(join(place.dataFolder, "signing.key"), "utf8")).trim();
		for (const secret of ["canary", "alice", "kith.example", key]) expect(archive.includes(secret)).toBe(false);
	});
});
