import type { UserId } from "../../federation/identifiers/identifier-types.ts";
import type { Database } from "../../src/server/adapters/prisma/open-database.ts";

export interface Filling {
	readonly viewerId: UserId;
	readonly rooms: number;
	readonly messagesPerRoom: number;
	readonly membersPerRoom: number;
}

/**
 * Rooms in numbers that the append path would take minutes for: rows as it writes them, unsigned. All are rooms of the
 * viewer, in which somebody else talks.
 */
export const fillRooms = async (database: Database, filling: Filling): Promise<void> => {
	const { viewerId, rooms, messagesPerRoom, membersPerRoom } = filling;
	const { pool } = database;
	const { rows } = await pool.query(
		"SELECT coalesce(max(nid), 0)::int AS nid, (SELECT position FROM stream_head) AS position FROM rooms",
	);
	const firstRoom = rows[0].nid + 1;
	const start = rows[0].position;
	const perRoom = membersPerRoom + 1 + messagesPerRoom;
	const json = (type: string, content: string): string =>
		`json_build_object('type', '${type}', 'content', ${content}, 'signatures', repeat('s', 120), 'hashes', repeat('h', 60),
			'prev_events', repeat('p', 60), 'auth_events', repeat('a', 200))::text`;
	await pool.query(
		`WITH r AS (SELECT $1::int + i AS nid, $2::int8 + i * $4::int8 AS base FROM generate_series(0, $3::int - 1) i),
		e AS (
			SELECT r.nid AS room_nid, r.base + k AS nid, k,
				CASE WHEN k = 1 THEN 'm.room.history_visibility' WHEN k <= $5::int + 1 THEN 'm.room.member' ELSE 'm.room.message' END AS type,
				CASE WHEN k <= 2 THEN $6 ELSE '@member' || ((k - 2) % $5::int) || ':kith.example' END AS person
			FROM r, generate_series(1, $4::int) k
		), stored AS (
			INSERT INTO events (nid, room_nid, event_id, type, state_key, sender, depth, origin_server_ts, position, message_ordinal, json)
			SELECT nid, room_nid, '$' || md5(nid::text) || '-----------', type,
				CASE type WHEN 'm.room.history_visibility' THEN '' WHEN 'm.room.member' THEN person END,
				person, k, 1700000000000 + nid, nid, greatest(0, k - $5::int - 1),
				CASE type WHEN 'm.room.history_visibility' THEN ${json("m.room.history_visibility", "json_build_object('history_visibility', 'shared')")}
					WHEN 'm.room.member' THEN ${json("m.room.member", "json_build_object('membership', 'join')")}
					ELSE ${json("m.room.message", "json_build_object('msgtype', 'm.text', 'body', 'message ' || k || repeat(' and more', 10))")} END
			FROM e
		), joined AS (
			INSERT INTO memberships (room_nid, user_id, membership, sender, event_nid, display_name, is_local)
			SELECT room_nid, person, 'join', person, nid, person, true FROM e WHERE type = 'm.room.member'
		)
		INSERT INTO rooms (nid, id, version, kind, creator_id, head_position, depth, message_count, last_message_nid,
			last_activity, joined_count)
		SELECT nid, '!' || md5('room ' || nid), '12', 'group', $6, base + $4::int8, $4::int8, $4::int - $5::int - 1,
			base + $4::int8, base + $4::int8, $5::int FROM r`,
		[firstRoom, start, rooms, perRoom, membersPerRoom, viewerId],
	);
	await pool.query("UPDATE stream_head SET position = $1", [start + rooms * perRoom]);
	await pool.query("ANALYZE");
};
