import type pg from "pg";
import type { ToDeviceBatch, ToDeviceStore } from "../../../to-device/public.ts";
import { withDatabaseErrors } from "../database-error.ts";
import { rows, run, type SqlClient } from "../sql.ts";
import { storableKey } from "../storable-key.ts";
import { boundInboxes } from "./bound-inboxes.ts";
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
	await boundInboxes(client, stored, most);
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
