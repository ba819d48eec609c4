import type { ServerName } from "../../../../../federation/identifiers/identifier-types.ts";
import type { DestinationSummary } from "../../../federation/public.ts";
import { rows, type SqlClient } from "../sql.ts";

interface DestinationRow {
	server_name: ServerName;
	failures: number | null;
	failing_since: Date | null;
	retry_at: Date | null;
	last_success_at: Date | null;
	last_error: string | null;
	queue_length: number;
	oldest_ts: number | null;
	catch_up_total: number | null;
	catch_up_left: number;
}

const query = `
WITH queues AS (
	SELECT destination, count(*)::int AS length, min(id) AS first FROM outbox_entries GROUP BY destination
)
SELECT coalesce(d.server_name, q.destination) AS server_name, d.failures, d.failing_since, d.retry_at, d.last_success_at,
	d.last_error, coalesce(q.length, 0) AS queue_length, e.origin_server_ts AS oldest_ts, d.catch_up_total,
	(SELECT count(*)::int FROM outbox_entries w WHERE w.destination = d.server_name AND w.id <= d.catch_up_id) AS catch_up_left
FROM destinations d FULL JOIN queues q ON q.destination = d.server_name
LEFT JOIN outbox_entries o ON o.destination = q.destination AND o.id = q.first LEFT JOIN events e ON e.nid = o.event_nid
ORDER BY d.failing_since IS NULL, queue_length DESC, server_name LIMIT $1::int`;

/** Every server that something was or is to be sent to, with what waits for it. */
export const listDestinations = async (client: SqlClient, limit: number): Promise<readonly DestinationSummary[]> => {
	const found = await rows<DestinationRow>(client, { name: "list-destinations", text: query, values: [limit] });
	return found.map((row) => ({
		serverName: row.server_name,
		failures: row.failures ?? 0,
		failingSince: row.failing_since?.getTime(),
		retryAt: row.retry_at?.getTime(),
		lastSuccessAt: row.last_success_at?.getTime(),
		lastError: row.last_error ?? undefined,
		queueLength: row.queue_length,
		oldestAt: row.oldest_ts ?? undefined,
		catchUp: catchUpOf(row),
	}));
};

const catchUpOf = ({ catch_up_total: total, catch_up_left: left }: DestinationRow): DestinationSummary["catchUp"] =>
	total === null || left === 0 ? undefined : { done: Math.max(0, total - left), total };
