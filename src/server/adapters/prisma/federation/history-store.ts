import type { EventId, ServerName } from "../../../../../federation/identifiers/identifier-types.ts";
import type { HistoryStore } from "../../../federation/public.ts";
import { rows, type SqlClient } from "../sql.ts";

/** Where history ends, on PostgreSQL. */
export const createHistoryStore = (client: SqlClient): HistoryStore => ({
	endsOf: async (roomNid, limit) => {
		const found = await rows<{ event_id: string; server: string }>(client, {
			name: "history-ends",
			text: `SELECT b.prev_event_id AS event_id, substr(e.sender, strpos(e.sender, ':') + 1) AS server
				FROM backward_extremities b JOIN events e ON e.nid = b.event_nid
				WHERE b.room_nid = $1 AND e.position IS NOT NULL AND e.verdict = 0
				ORDER BY e.position DESC LIMIT $2`,
			values: [roomNid, limit],
		});
		return found.map(({ event_id, server }) => ({ eventId: event_id as EventId, server: server as ServerName }));
	},
	serversIn: async (roomNid, limit) => {
		const found = await rows<{ server: string }>(client, {
			name: "history-servers",
			text: `SELECT substr(user_id, strpos(user_id, ':') + 1) AS server FROM memberships
				WHERE room_nid = $1 AND membership = 'join' AND NOT is_local
				GROUP BY server ORDER BY count(*) DESC, server LIMIT $2`,
			values: [roomNid, limit],
		});
		return found.map(({ server }) => server as ServerName);
	},
});
