import type { RowBatch } from "../../../rooms/append/row-batch.ts";
import { run, type SqlClient } from "../sql.ts";
import { storableKey } from "../storable-key.ts";

/**
 * `memberships` still holds what was before the batch; `changed` is what its events made of it, each from its place on. An
 * event goes to the servers with somebody in the room before it or by it: whoever is removed hears of that, and of nothing
 * that comes later. So does whoever was only invited, when that is taken back. While the members of a room are still
 * arriving, the servers that are said to be in it stand in for them.
 */
const insertEntries = `
WITH sent AS (
	SELECT * FROM unnest($1::int4[], $2::int8[], $3::text[]) AS o(room_nid, event_nid, handed_by)
), changed AS (
	SELECT * FROM unnest($4::int4[], $5::int8[], $6::text[], $7::text[]) AS c(room_nid, event_nid, user_id, membership)
), receivers AS (
	SELECT o.room_nid, o.event_nid, o.handed_by, m.user_id FROM sent o
	JOIN memberships m ON m.room_nid = o.room_nid AND NOT m.is_local AND m.membership = 'join'
	WHERE NOT EXISTS (SELECT FROM changed c
		WHERE c.room_nid = o.room_nid AND c.user_id = m.user_id AND c.event_nid < o.event_nid)
	UNION ALL
	SELECT o.room_nid, o.event_nid, o.handed_by, c.user_id FROM sent o
	JOIN changed c ON c.room_nid = o.room_nid AND c.membership = 'join' AND c.event_nid <= o.event_nid
	WHERE NOT EXISTS (SELECT FROM changed l WHERE l.room_nid = c.room_nid AND l.user_id = c.user_id
		AND l.event_nid > c.event_nid AND l.event_nid < o.event_nid)
	UNION ALL
	SELECT o.room_nid, o.event_nid, o.handed_by, c.user_id FROM sent o
	JOIN changed c ON c.room_nid = o.room_nid AND c.event_nid = o.event_nid AND c.membership IN ('leave', 'ban')
), destined AS (
	SELECT substr(user_id, strpos(user_id, ':') + 1) AS destination, room_nid, event_nid, handed_by FROM receivers
	UNION
	SELECT unnest(a.servers), o.room_nid, o.event_nid, o.handed_by FROM sent o JOIN arriving_members a ON a.room_nid = o.room_nid
)
INSERT INTO outbox_entries (destination, room_nid, event_nid)
SELECT DISTINCT destination, room_nid, event_nid FROM destined WHERE destination <> coalesce(handed_by, '')
ORDER BY event_nid, destination`;

/** One row per other server in the room: delivery reads them after the commit, however long that takes. */
export const writeOutbox = (client: SqlClient, { outbox, remoteChanges }: RowBatch): Promise<void> =>
	run(client, {
		name: "append-outbox",
		text: insertEntries,
		values: [
			outbox.map((row) => row.roomNid),
			outbox.map((row) => row.eventNid),
			outbox.map((row) => row.handedBy ?? null),
			remoteChanges.map((row) => row.roomNid),
			remoteChanges.map((row) => row.eventNid),
			remoteChanges.map((row) => storableKey(row.userId)),
			remoteChanges.map((row) => row.membership),
		],
	});
