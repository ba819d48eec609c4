import { describe, expect, it } from "vitest";
import { hashMatches } from "../../../../federation/events/hash-matches.ts";
import { parseEvent } from "../../../../federation/events/parse-event.ts";
import type { JsonObject } from "../../../../federation/json/json-value.ts";
import { parseJson } from "../../../../federation/json/parse-json.ts";
import { roomVersions } from "../../../../federation/room-versions/room-versions.ts";
import { createTestDatabase } from "../../../../tests/setup/test-database.ts";
import { createTestRooms } from "../../../../tests/setup/test-rooms.ts";

describe("append lane", () => {
	it.each(["10", "11", "12"] as const)(
		"makes a room of version %s whose events parse, hash and chain",
		async (versionId) => {
			await using test = await createTestDatabase();
			const kith = createTestRooms(test.database, versionId);
			const alice = await kith.addPerson("alice");
			const bob = await kith.addPerson("bob");
			const roomId = await kith.rooms.create({
				creatorId: alice,
				transactionId: "t1",
				kind: "group",
				name: "Oma turns 80",
				inviteeIds: [bob],
			});
			await kith.rooms.join({ userId: bob, room: roomId });
			await kith.messages.send({ userId: bob, roomId, transactionId: "m1", body: "hello \u0000 world" });
			const { rows } = await test.database.pool.query("SELECT * FROM events ORDER BY nid");
			const events = rows.map((row) => {
				const json = parseJson(row.json);
				if (json.kind === "refused") throw new Error(json.reason);
				const parsed = parseEvent(json.value as JsonObject, roomVersions[versionId]);
				if (parsed.kind === "refused") throw new Error(`${parsed.rule} ${parsed.detail}`);
				expect(parsed.event.eventId).toBe(row.event_id);
				expect(parsed.event.roomId).toBe(roomId);
				expect(hashMatches(parsed.event)).toBe(true);
				return parsed.event;
			});
			events.slice(1).forEach((event, index) => {
				expect(event.prevEvents).toEqual([events[index]?.eventId]);
				expect(event.depth).toBe((events[index]?.depth ?? 0) + 1);
			});
			expect(events.at(-1)?.content["body"]).toBe("hello \u0000 world");
		},
	);

	it("gives a retry under the same transaction id the first answer, also from another process", async () => {
		await using test = await createTestDatabase();
		const first = createTestRooms(test.database);
		const alice = await first.addPerson("alice");
		const input = { creatorId: alice, transactionId: "t", kind: "group", inviteeIds: [] } as const;
		const roomId = await first.rooms.create(input);
		const sent = { userId: alice, roomId, transactionId: "m", body: "once" };
		const answers = await Promise.all([first.messages.send(sent), first.messages.send(sent)]);
		const second = createTestRooms(test.database);
		expect(await second.rooms.create(input)).toBe(roomId);
		expect([...answers, await second.messages.send(sent)]).toEqual(Array(3).fill(answers[0]));
		const { rows } = await test.database.pool.query("SELECT count(*)::int AS n FROM events WHERE txn_id = 'm'");
		expect(rows[0].n).toBe(1);
	});

	it("keeps one order without gaps when two processes write to one room", async () => {
		await using test = await createTestDatabase();
		const processes = [createTestRooms(test.database), createTestRooms(test.database)] as const;
		const alice = await processes[0].addPerson("alice");
		const roomId = await processes[0].rooms.create({
			creatorId: alice,
			transactionId: "t",
			kind: "group",
			inviteeIds: [],
		});
		await Promise.all(
			Array.from({ length: 200 }, (_, index) =>
				processes[index % 2 === 0 ? 0 : 1].messages.send({
					userId: alice,
					roomId,
					transactionId: `m${index}`,
					body: `message ${index}`,
				}),
			),
		);
		const { rows } = await test.database.pool.query(
			"SELECT e.nid, e.depth, e.message_ordinal, array_agg(x.prev_event_nid) AS prev FROM events e LEFT JOIN event_edges x ON x.event_nid = e.nid GROUP BY e.nid ORDER BY e.nid",
		);
		rows.slice(1).forEach((row, index) => {
			expect(row.prev).toEqual([rows[index].nid]);
			expect(row.depth).toBe(rows[index].depth + 1);
		});
		expect(rows.at(-1).message_ordinal).toBe(200);
		const { rows: ends } = await test.database.pool.query("SELECT event_nid FROM forward_extremities");
		expect(ends).toEqual([{ event_nid: rows.at(-1).nid }]);
	});

	it("takes no lock for messages while nobody else writes, and takes it again when somebody does", async () => {
		await using test = await createTestDatabase();
		const [one, two] = [createTestRooms(test.database), createTestRooms(test.database)];
		const alice = await one.addPerson("alice");
		const roomId = await one.rooms.create({ creatorId: alice, transactionId: "t", kind: "group", inviteeIds: [] });
		const send = (kith: typeof one) =>
			kith.messages.send({ userId: alice, roomId, transactionId: kith.transactionId(), body: "x" });
		await send(one);
		const before = one.locksTaken();
		for (let message = 0; message < 20; message += 1) await send(one);
		expect(one.locksTaken()).toBe(before);
		await send(two);
		const afterTwo = await send(one);
		expect(one.locksTaken()).toBe(before + 1);
		const { rows } = await test.database.pool.query(
			"SELECT max(position) AS position, max(message_ordinal) AS n FROM events",
		);
		expect(rows).toEqual([{ position: Number(afterTwo.position), n: 23 }]);
	});

	it("leaves no trace of a write that is refused in the middle of a batch", async () => {
		await using test = await createTestDatabase();
		const kith = createTestRooms(test.database);
		const alice = await kith.addPerson("alice");
		const mallory = await kith.addPerson("mallory");
		const roomId = await kith.rooms.create({ creatorId: alice, transactionId: "t", kind: "group", inviteeIds: [] });
		const results = await Promise.allSettled([
			kith.messages.send({ userId: alice, roomId, transactionId: "a", body: "one" }),
			kith.messages.send({ userId: mallory, roomId, transactionId: "b", body: "intruder" }),
			kith.rooms.join({ userId: mallory, room: roomId }),
			kith.messages.send({ userId: alice, roomId, transactionId: "c", body: "two" }),
		]);
		expect(results.map((result) => result.status)).toEqual(["fulfilled", "rejected", "rejected", "fulfilled"]);
		expect(results[1]).toMatchObject({ reason: { code: "not-a-member" } });
		expect(results[2]).toMatchObject({ reason: { code: "forbidden", rule: "AUTH-JOIN-INVITED" } });
		const { rows } = await test.database.pool.query("SELECT count(*)::int AS n FROM events WHERE sender = $1", [
			mallory,
		]);
		expect(rows[0].n).toBe(0);
	});

	it("stores names and reactions that PostgreSQL's text could not hold", async () => {
		await using test = await createTestDatabase();
		const kith = createTestRooms(test.database);
		const alice = await kith.addPerson("alice");
		const roomId = await kith.rooms.create({
			creatorId: alice,
			transactionId: "t",
			kind: "group",
			name: "a\u0000b",
			inviteeIds: [],
		});
		const { eventId } = await kith.messages.send({ userId: alice, roomId, transactionId: "m", body: "\u0000" });
		const reaction = { userId: alice, roomId, transactionId: "r", targetEventId: eventId, key: "\u0000" };
		await expect(kith.messages.react(reaction)).rejects.toMatchObject({ code: "bad-input" });
		const { rows } = await test.database.pool.query("SELECT name FROM rooms");
		expect(rows).toEqual([{ name: "a\ufffdb" }]);
	});

	it("reads the same state from the groups as from the present state, whatever the number of changes", async () => {
		await using test = await createTestDatabase();
		const kith = createTestRooms(test.database);
		const alice = await kith.addPerson("alice");
		const roomId = await kith.rooms.create({ creatorId: alice, transactionId: "t", kind: "group", inviteeIds: [] });
		for (let change = 0; change < 300; change += 1) {
			await (change % 3 === 0
				? kith.rooms.setTopic({ userId: alice, roomId, topic: `topic ${change}` })
				: kith.rooms.setName({ userId: alice, roomId, name: `name ${change}` }));
		}
		const { rows: groups } = await test.database.pool.query(
			`WITH RECURSIVE chain AS (
				SELECT g.id, g.base_id, g.height FROM state_groups g JOIN rooms r ON r.state_group_id = g.id
				UNION ALL SELECT g.id, g.base_id, g.height FROM chain c JOIN state_groups g ON g.id = c.base_id
			) SELECT DISTINCT ON (e.type, e.state_key) e.nid, (SELECT count(*)::int FROM chain) AS steps FROM chain c
			JOIN state_group_entries s ON s.group_id = c.id JOIN events e ON e.nid = s.event_nid
			ORDER BY e.type, e.state_key, c.height DESC`,
		);
		const { rows: present } = await test.database.pool.query("SELECT event_nid AS nid FROM current_state");
		const sorted = (list: { nid: number }[]) => list.map((row) => row.nid).sort((a, b) => a - b);
		expect(sorted(groups)).toEqual(sorted(present));
		expect(groups[0].steps).toBeLessThan(40);
	});
});
