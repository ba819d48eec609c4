import type { WaitedServer } from "../../../timeline/public.ts";
import { rows, type SqlClient } from "../sql.ts";

/** The servers for which an event of a room still waits, those that fail first. */
export const serversWithout = async (
	client: SqlClient,
	roomNid: number,
	{ position, limit }: { readonly position: number; readonly limit: number },
): Promise<readonly WaitedServer[]> => {
	const found = await rows<{ server: string; failing_since: Date | null }>(client, {
		name: "servers-without-event",
		text: `SELECT q.destination AS server, d.failing_since FROM outbox_entries q
			JOIN events e ON e.nid = q.event_nid LEFT JOIN destinations d ON d.server_name = q.destination
			WHERE q.room_nid = $1 AND $2::int8 BETWEEN coalesce(q.from_position, e.position) AND e.position
			GROUP BY q.destination, d.failing_since
			ORDER BY d.failing_since IS NULL, q.destination LIMIT $3::int`,
		values: [roomNid, position, limit],
	});
	return found.map((row) => ({
		serverName: row.server,
		failingSince: row.failing_since?.getTime(),
	}));
};
