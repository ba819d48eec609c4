import type { UserId } from "../../../../../federation/identifiers/identifier-types.ts";
import type { EventReader, ReadersLookup } from "../../../timeline/public.ts";
import { rows, type SqlClient } from "../sql.ts";

interface ReaderRow {
	user_id: UserId;
	display_name: string | null;
	read_position: number | null;
	ts: number | null;
	is_delivered: boolean;
}

/**
 * The members of a room and one event: their public receipts, and what their devices have acknowledged; of people of other
 * servers, whether their server has accepted it.
 */
export const readReaders = async (
	client: SqlClient,
	roomNid: number,
	{ position, without, limit }: ReadersLookup,
): Promise<readonly EventReader[]> => {
	const found = await rows<ReaderRow>(client, {
		name: "read-event-readers",
		text: `SELECT m.user_id, m.display_name, o.position AS read_position, o.ts,
				CASE WHEN m.is_local THEN EXISTS (SELECT 1 FROM sessions s
					WHERE s.user_id = m.user_id AND s.revoked_at IS NULL AND s.acked_position >= $2::int8)
				ELSE NOT EXISTS (SELECT 1 FROM outbox_entries q JOIN events e ON e.nid = q.event_nid
					WHERE q.room_nid = m.room_nid AND q.destination = substr(m.user_id, strpos(m.user_id, ':') + 1)
					AND $2::int8 BETWEEN coalesce(q.from_position, e.position) AND e.position) END AS is_delivered
			FROM memberships m LEFT JOIN receipts o
				ON o.room_nid = m.room_nid AND o.user_id = m.user_id AND o.is_public AND o.position >= $2::int8
			WHERE m.room_nid = $1 AND m.membership = 'join' AND m.user_id <> ALL($3::text[])
			ORDER BY o.ts IS NULL, o.ts, m.user_id LIMIT $4::int`,
		values: [roomNid, position, without, limit],
	});
	return found.map((row) => ({
		userId: row.user_id,
		displayName: row.display_name ?? undefined,
		read: row.read_position === null || row.ts === null ? undefined : { position: row.read_position, ts: row.ts },
		isDelivered: row.is_delivered,
	}));
};
