import type { ServerStatistics } from "../../../cli/server-statistics.ts";
import { rows, type SqlClient } from "../sql.ts";

/** Counts what there is. */
export const readServerStatistics = async (client: SqlClient): Promise<ServerStatistics> => {
	const [row] = await rows<Record<keyof ServerStatistics, number>>(client, {
		name: "server_statistics",
		text: `SELECT
			(SELECT count(*) FROM users) AS "accounts",
			(SELECT count(*) FROM users WHERE disabled_at IS NOT NULL) AS "disabledAccounts",
			(SELECT count(*) FROM sessions s JOIN users u ON u.id = s.user_id
				WHERE s.revoked_at IS NULL AND u.disabled_at IS NULL) AS "activeSessions",
			(SELECT count(*) FROM rooms) AS "rooms",
			(SELECT count(*) FROM events) AS "events",
			(SELECT count(*) FROM media) AS "mediaFiles",
			(SELECT coalesce(sum(size_bytes), 0) FROM media) AS "mediaBytes",
			pg_database_size(current_database()) AS "databaseBytes",
			(SELECT position FROM stream_head WHERE id = 1) AS "streamPosition"`,
	});
	if (row === undefined) {
		throw new Error("an aggregate answered no row");
	}
	return row;
};

/** The server names that accounts of this database carry: one, or none before the first account. */
export const readServerNames = async (client: SqlClient): Promise<readonly string[]> => {
	const found = await rows<{ server_name: string }>(client, {
		name: "server_names",
		text: "SELECT DISTINCT substr(id, strpos(id, ':') + 1) AS server_name FROM users",
	});
	return found.map((row) => row.server_name);
};
