import type pg from "pg";
import type { ToDeviceBatch, ToDeviceStore } from "../../../to-device/public.ts";
import { withDatabaseErrors } from "../database-error.ts";
import { rows, run, type SqlClient } from "../sql.ts";
import { storableKey } from "../storable-key.ts";
import { advanceStream, putEdus } from "./change-device-list.ts";
import { inKeyTransaction } from "./key-transaction.ts";

/** Messages to devices on PostgreSQL. */
export const createToDeviceStore = (pool: pg.Pool): ToDeviceStore => ({
	send: (batch, most) => inKeyTransaction(pool, (client) => send(client, batch, most)),
	forgetReceived: (before) =>
		withDatabaseErrors(
			run(pool, {
				name: "forget-received-to-device",
				text: "DELETE FROM received_to_device WHERE received_at < $1",
				values: [new Date(before)],
			}),
		),
});

const send = async (client: SqlClient, batch: ToDeviceBatch, most: number): Promise<number | undefined> => {
	const fresh = await rows(client, {
		name: "receive-to-device",
		text: "INSERT INTO received_to_device (origin, message_id) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING 1",
		values: [storableKey(batch.origin), storableKey(batch.messageId)],
	});
	if (fresh.length === 0) return undefined;
	for (const { server, content } of batch.elsewhere) {
		await putEdus(client, [server], [["m.direct_to_device", content]]);
	}
	// Positions are handed out under the lock: a message is never before one that a device has seen and acknowledged.
	const position = await advanceStream(client, 1);
	const { messages, sender, type, onlyWith } = batch;
	const stored = await rows<{ user_id: string; device_id: string }>(client, {
		name: "put-to-device",
		text: put,
		values: [
			...[messages.map(({ userId }) => userId), messages.map(({ deviceId }) => deviceId)],
			...[messages.map(({ content }) => content), position, storableKey(sender), storableKey(type)],
			...[type === "m.room.encrypted", onlyWith ?? null],
		],
	});
	await run(client, {
		name: "bound-to-device",
		text: bound,
		values: [stored.map((row) => row.user_id), stored.map((row) => row.device_id), most],
	});
	return position;
};

/** A device that is named gets what is for it, and not what is for all. */
const put = `
INSERT INTO to_device_messages (user_id, device_id, stream_position, sender, type, content, is_encrypted)
SELECT DISTINCT ON (d.user_id, d.device_id) d.user_id, d.device_id, $4::int8, $5, $6, w.content, $7
FROM unnest($1::text[], $2::text[], $3::text[]) AS w(user_id, device_id, content)
JOIN (
	SELECT s.user_id, s.device_id FROM sessions s JOIN users u ON u.id = s.user_id AND u.disabled_at IS NULL
	WHERE s.user_id = ANY($1::text[]) AND s.revoked_at IS NULL
	UNION SELECT y.user_id, y.device_id FROM dehydrated_devices y WHERE y.user_id = ANY($1::text[])
) d ON d.user_id = w.user_id AND w.device_id IN (d.device_id, '*')
WHERE $8::text IS NULL OR EXISTS (
	SELECT FROM memberships m JOIN memberships o ON o.room_nid = m.room_nid AND NOT o.is_local AND o.membership IN ('join', 'invite')
	WHERE m.user_id = d.user_id AND m.membership IN ('join', 'invite', 'knock')
		AND substr(o.user_id, strpos(o.user_id, ':') + 1) = $8
)
ORDER BY d.user_id, d.device_id, w.device_id = '*'
RETURNING user_id, device_id`;

/** Room keys stay longest, and of them the oldest: whoever comes back reads from where they were. */
const bound = `
WITH full_inboxes AS (
	SELECT d.user_id, d.device_id, n.waiting - $3::int AS excess FROM unnest($1::text[], $2::text[]) AS d(user_id, device_id)
	CROSS JOIN LATERAL (
		SELECT count(*)::int AS waiting FROM to_device_messages t WHERE t.user_id = d.user_id AND t.device_id = d.device_id
	) n WHERE n.waiting > $3::int
), gone AS (
	DELETE FROM to_device_messages t USING full_inboxes f, LATERAL (
		SELECT x.stream_position FROM to_device_messages x WHERE x.user_id = f.user_id AND x.device_id = f.device_id
		ORDER BY x.is_encrypted, CASE WHEN x.is_encrypted THEN -x.stream_position ELSE x.stream_position END LIMIT f.excess
	) l WHERE t.user_id = f.user_id AND t.device_id = f.device_id AND t.stream_position = l.stream_position
)
INSERT INTO dropped_to_device AS o (user_id, device_id, count) SELECT user_id, device_id, excess FROM full_inboxes
ON CONFLICT (user_id, device_id) DO UPDATE SET count = o.count + excluded.count`;
