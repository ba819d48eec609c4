import { expect, it } from "vitest";
import type {
	EventId,
	RoomAlias,
	RoomId,
	ServerName,
	UserId,
} from "../../../../../federation/identifiers/identifier-types.ts";
import { fillRooms } from "../../../../../tests/setup/fill-rooms.ts";
import { plansOf, type RecordedStatement, recordingPool } from "../../../../../tests/setup/recorded-statements.ts";
import { createTestDatabase } from "../../../../../tests/setup/test-database.ts";
import { createAnsweringStore } from "./answering-store.ts";

const server = "one.example" as ServerName;
/** `rooms` is small beside these, and state groups are walked by their ids. */
const bigTables =
	/Seq Scan on (events|event_edges|memberships|auth_chain_entries|auth_chain_links|state_groups|state_group_entries|current_state)\b/;

it("what other servers ask is read along indexes, as planned for its values and for any", async () => {
	await using test = await createTestDatabase();
	const { pool } = test.database;
	await fillRooms(test.database, {
		...{ viewerId: "@viewer:kith.example" as UserId, rooms: 300 },
		...{ messagesPerRoom: 60, membersPerRoom: 8 },
	});
	// Each message follows the one before; every fourth member is of another server; each state has a group of its own.
	await pool.query(`INSERT INTO event_edges (event_nid, prev_event_nid)
		SELECT e.nid, e.nid - 1 FROM events e JOIN events p ON p.nid = e.nid - 1 AND p.room_nid = e.room_nid`);
	await pool.query(`UPDATE memberships SET is_local = false, user_id = replace(user_id, 'kith.example', 'one.example')
		WHERE event_nid % 4 = 0`);
	await pool.query(
		`INSERT INTO state_groups (id, room_nid, base_id, height) SELECT nid, room_nid, NULL, 0 FROM events`,
	);
	await pool.query(`INSERT INTO state_group_entries (group_id, event_nid) SELECT nid, nid FROM events`);
	await pool.query(`INSERT INTO auth_chain_entries (event_nid, chain_id, sequence)
		SELECT nid, nid, 1 FROM events WHERE state_key IS NOT NULL`);
	await pool.query(`INSERT INTO auth_chain_links (from_chain, from_sequence, to_chain, to_sequence)
		SELECT nid, 1, nid - 1, 1 FROM events WHERE state_key IS NOT NULL`);
	await pool.query(`INSERT INTO current_state (room_nid, type, state_key, event_nid)
		SELECT room_nid, type, state_key, nid FROM events WHERE state_key IS NOT NULL ON CONFLICT DO NOTHING`);
	await pool.query("UPDATE rooms SET join_rule = 'public', state_group_id = head_position");
	await pool.query("ANALYZE");
	const { rows } = await pool.query(
		"SELECT r.nid, r.id, e.event_id, e.nid AS event_nid FROM rooms r JOIN events e ON e.room_nid = r.nid ORDER BY e.nid DESC LIMIT 1",
	);
	const [{ nid, id, event_id: eventId, event_nid: eventNid }] = rows as [
		{ nid: number; id: RoomId; event_id: EventId; event_nid: number },
	];
	const statements = new Map<string, RecordedStatement>();
	const store = createAnsweringStore(recordingPool(pool, statements));
	const room = await store.askedRoom(id, server);
	if (room === undefined) throw new Error("the room is not there");
	await store.sightsOf(room, server, [eventNid, eventNid - 1]);
	const walked = await store.walkBack({ roomNid: nid, from: [eventId], except: [], minDepth: 0, limit: 20 });
	expect(walked).toHaveLength(20);
	await store.authChainOf([eventNid - 65]);
	await store.textsOf([eventNid]);
	await store.closestEvent(nid, 1_700_000_000_500, "f");
	await store.closestEvent(nid, 1_700_000_000_500, "b");
	await store.aliasTarget("#a:kith.example" as RoomAlias, server);
	await store.serversIn(id, 10);
	await store.listedRooms({ serverName: "kith.example" as ServerName, text: "", after: undefined, limit: 10 });
	await store.summariesOf([id], server);
	await store.roomsWith([id], server);
	await store.childrenOf(id);
	expect(statements.size).toBe(13);
	for (const plan of await plansOf(pool, statements.values())) expect(plan).not.toMatch(bigTables);
});
