import { run, type SqlClient } from "../sql.ts";

/** So many bytes of content count as one message more: a few long ones fill an inbox, too. */
const unitBytes = 8_192;

/**
 * An inbox may grow by a twentieth before it is cut back, so that whoever floods it does not have all of it looked through
 * for each message.
 */
const bound = `
WITH full_inboxes AS (
	SELECT d.user_id, d.device_id, n.waiting - $3::int AS excess
	FROM (SELECT DISTINCT * FROM unnest($1::text[], $2::text[]) AS i(user_id, device_id)) d
	CROSS JOIN LATERAL (
		SELECT sum(${weight("t")}) AS waiting FROM to_device_messages t
		WHERE t.user_id = d.user_id AND t.device_id = d.device_id
	) n WHERE n.waiting > $3::int + $3::int / 20
), ranked AS (
	SELECT f.excess, t.user_id, t.device_id, t.stream_position, t.is_encrypted, ${weight("t")} AS weight,
		sum(${weight("t")}) OVER (PARTITION BY t.user_id, t.device_id, t.is_encrypted, ${source("t")}
			ORDER BY CASE WHEN t.is_encrypted THEN t.stream_position ELSE -t.stream_position END) AS held
	FROM full_inboxes f JOIN to_device_messages t ON t.user_id = f.user_id AND t.device_id = f.device_id
), chosen AS (
	SELECT *, sum(weight) OVER (PARTITION BY user_id, device_id ORDER BY is_encrypted, held DESC, stream_position DESC) - weight AS before
	FROM ranked
), gone AS (
	DELETE FROM to_device_messages t USING chosen c WHERE c.before < c.excess AND t.user_id = c.user_id
		AND t.device_id = c.device_id AND t.stream_position = c.stream_position
	RETURNING t.user_id, t.device_id
)
INSERT INTO dropped_to_device AS o (user_id, device_id, count) SELECT user_id, device_id, count(*)::int FROM gone GROUP BY 1, 2
ON CONFLICT (user_id, device_id) DO UPDATE SET count = o.count + excluded.count`;

/** What a message takes of an inbox, without reading it. */
function weight(row: string): string {
	return `(1 + pg_column_size(${row}.content) / ${unitBytes})`;
}

/** Whose share a message takes: that of its sender, or where the sender is of another server, of all of that server. */
function source(row: string): string {
	const serverOf = (column: string): string => `substr(${row}.${column}, strpos(${row}.${column}, ':') + 1)`;
	return `CASE WHEN ${serverOf("sender")} = ${serverOf("user_id")} THEN ${row}.sender ELSE ${serverOf("sender")} END`;
}

/**
 * Cuts inboxes back to `most` messages. What is not encrypted goes first, the oldest of it; then of what is encrypted, and
 * may hold keys, the newest: whoever comes back reads from where they were. Each time whoever takes most of the inbox gives
 * way, so that nobody's flood pushes out what others sent. How many went is counted, and told to the device.
 */
export const boundInboxes = (
	client: SqlClient,
	devices: readonly { readonly user_id: string; readonly device_id: string }[],
	most: number,
): Promise<void> =>
	run(client, {
		name: "bound-to-device",
		text: bound,
		values: [devices.map((row) => row.user_id), devices.map((row) => row.device_id), most],
	});
