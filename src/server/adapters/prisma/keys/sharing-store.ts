import type pg from "pg";
import type { RemoteDeviceStore } from "../../../federation/public.ts";
import { withDatabaseErrors } from "../database-error.ts";
import { rows, run } from "../sql.ts";

const work = "device-lists-of-new-servers";

/** Events that were outliers first have another number than position; each half has an index. */
const isBetween = "(e.nid > $1 AND e.nid <= $2 OR e.position <> e.nid AND e.position > $1 AND e.position <= $2)";

/** What follows for lists of devices when people come into rooms and leave them. */
export const createSharingStore = (
	pool: pg.Pool,
): Pick<RemoteDeviceStore, "settledUpTo" | "noteSettled" | "tellNewServers" | "forgetParted"> => ({
	settledUpTo: async () => {
		const text = "SELECT position FROM work_positions WHERE work = $1";
		const found = rows<{ position: number }>(pool, { name: "work-position", text, values: [work] });
		return (await withDatabaseErrors(found))[0]?.position;
	},
	noteSettled: (position) =>
		withDatabaseErrors(
			run(pool, {
				name: "note-work-position",
				text: `INSERT INTO work_positions (work, position) VALUES ($1, $2)
					ON CONFLICT (work) DO UPDATE SET position = excluded.position`,
				values: [work, position],
			}),
		),
	tellNewServers: async ({ from, to }) => {
		const told = rows(pool, { name: "tell-new-servers", text: tellNewServers, values: [from, to] });
		return (await withDatabaseErrors(told)).length;
	},
	forgetParted: ({ from, to }) =>
		withDatabaseErrors(run(pool, { name: "forget-parted", text: forgetParted, values: [from, to] })),
});

/**
 * An update without predecessors makes the other server ask for the whole list. Servers that the person shares another
 * room with have it.
 */
const tellNewServers = `
WITH came AS (
	SELECT m.room_nid, m.user_id, c.list_id, (
		SELECT min(d.device_id) FROM device_keys d WHERE d.user_id = m.user_id) AS device_id
	FROM events e JOIN memberships m ON m.event_nid = e.nid AND m.is_local AND m.membership = 'join'
	JOIN device_list_changes c ON c.user_id = m.user_id AND c.only_for = '' AND c.list_id > 0
	WHERE ${isBetween} AND e.type = 'm.room.member'
), reached AS (
	SELECT DISTINCT c.user_id, c.list_id, c.device_id, substr(o.user_id, strpos(o.user_id, ':') + 1) AS server FROM came c
	JOIN memberships o ON o.room_nid = c.room_nid AND NOT o.is_local AND o.membership = 'join'
	WHERE c.device_id IS NOT NULL AND NOT EXISTS (
		SELECT FROM memberships own JOIN memberships x ON x.room_nid = own.room_nid AND NOT x.is_local AND x.membership = 'join'
		WHERE own.user_id = c.user_id AND own.membership = 'join' AND own.room_nid <> c.room_nid
			AND substr(x.user_id, strpos(x.user_id, ':') + 1) = substr(o.user_id, strpos(o.user_id, ':') + 1))
)
INSERT INTO outgoing_edus (destination, type, content)
SELECT r.server, 'm.device_list_update', json_build_object('user_id', r.user_id, 'device_id', r.device_id,
	'stream_id', r.list_id, 'prev_id', json_build_array(), 'keys', d.json::json)::text
FROM reached r JOIN device_keys d ON d.user_id = r.user_id AND d.device_id = r.device_id RETURNING 1`;

/**
 * Who left, and came back before anybody looked, is forgotten too where no other room is shared: what changed in between was
 * not told. When a person of this server leaves, those go whom nobody here shares a room with any more.
 */
const forgetParted = `
WITH left_rooms AS (
	SELECT DISTINCT e.room_nid, e.state_key AS user_id FROM events e
	WHERE ${isBetween} AND e.type = 'm.room.member' AND e.verdict = 0
		AND (e.json LIKE '%"membership":"leave"%' OR e.json LIKE '%"membership":"ban"%')
), parted AS (
	SELECT l.user_id FROM left_rooms x JOIN remote_device_lists l ON l.user_id = x.user_id
	WHERE NOT EXISTS (${sharedRoom("l.user_id", "AND m.room_nid <> x.room_nid")})
	UNION
	SELECT l.user_id FROM left_rooms x JOIN memberships own ON own.room_nid = x.room_nid AND own.user_id = x.user_id AND own.is_local
	JOIN memberships there ON there.room_nid = x.room_nid AND NOT there.is_local AND there.membership = 'join'
	JOIN remote_device_lists l ON l.user_id = there.user_id
	WHERE NOT EXISTS (${sharedRoom("l.user_id", "")})
), devices AS (
	UPDATE remote_devices d SET let_go_at = now() FROM parted p WHERE d.user_id = p.user_id
)
DELETE FROM remote_device_lists l USING parted p WHERE l.user_id = p.user_id`;

/** A room that the person and somebody of this server are in. */
function sharedRoom(userId: string, condition: string): string {
	return `SELECT FROM memberships m JOIN memberships o ON o.room_nid = m.room_nid AND o.is_local AND o.membership = 'join'
		WHERE m.user_id = ${userId} AND m.membership = 'join' ${condition}`;
}
