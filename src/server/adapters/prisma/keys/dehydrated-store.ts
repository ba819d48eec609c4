import type pg from "pg";
import type { DehydratedStore, NewDehydratedDevice, StoredDehydratedDevice } from "../../../keys/public.ts";
import { withDatabaseErrors } from "../database-error.ts";
import { rows, run, type SqlClient } from "../sql.ts";
import { forgetEnded } from "./forget-ended.ts";
import { inKeyTransaction } from "./key-transaction.ts";
import { addOneTimeKeys, NotAdded, putDeviceKeys, putFallbackKeys } from "./put-keys.ts";

/** The devices that people leave asleep, on PostgreSQL. */
export const createDehydratedStore = (pool: pg.Pool): DehydratedStore => ({
	putDehydrated: async (device) => {
		try {
			await inKeyTransaction(pool, (client) => put(client, device));
			return "stored";
		} catch (error) {
			if (error instanceof NotAdded) return "taken";
			throw error;
		}
	},
	findDehydrated: async (userId) => {
		const text = `SELECT device_id AS "deviceId", device_data AS "deviceData", created_at AS "createdAt"
			FROM dehydrated_devices WHERE user_id = $1`;
		const found = rows<StoredDehydratedDevice>(pool, {
			name: "find-dehydrated",
			text,
			values: [userId],
		});
		return (await withDatabaseErrors(found))[0];
	},
	removeDehydrated: (userId) =>
		inKeyTransaction(pool, async (client) => {
			const [gone] = await rows<{ id: string }>(client, {
				name: "remove-dehydrated",
				text: "DELETE FROM dehydrated_devices WHERE user_id = $1 RETURNING device_id AS id",
				values: [userId],
			});
			if (gone !== undefined) await forgetEnded(client, userId);
			return gone?.id;
		}),
	messagesTo: ({ userId, deviceId }, after, limit) =>
		withDatabaseErrors(
			rows(pool, {
				name: "messages-to-dehydrated",
				text: `SELECT stream_position AS position, sender, type, content FROM to_device_messages
					WHERE user_id = $1 AND device_id = $2 AND stream_position > $3 ORDER BY stream_position LIMIT $4`,
				values: [userId, deviceId, after, limit],
			}),
		),
});

const put = async (client: SqlClient, device: NewDehydratedDevice): Promise<void> => {
	const { userId, deviceId } = device;
	await run(client, { name: "lock-sleeper", text: "SELECT FROM users WHERE id = $1 FOR UPDATE", values: [userId] });
	// A name that a session has, or had: it stands for that device.
	const others = await rows(client, {
		name: "other-device-of-name",
		text: "SELECT FROM sessions WHERE user_id = $1 AND device_id = $2",
		values: [userId, deviceId],
	});
	if (others.length > 0) throw new NotAdded("taken");
	await run(client, {
		name: "put-dehydrated",
		text: `INSERT INTO dehydrated_devices (user_id, device_id, display_name, device_data) VALUES ($1, $2, $3, $4)
			ON CONFLICT (user_id) DO UPDATE SET device_id = excluded.device_id, display_name = excluded.display_name,
				device_data = excluded.device_data, created_at = now()`,
		values: [userId, deviceId, device.displayName, device.deviceData],
	});
	await forgetEnded(client, userId);
	if ((await putDeviceKeys(client, device)) === "other-identity") throw new NotAdded("taken");
	await addOneTimeKeys(client, device, { keys: device.oneTimeKeys, most: 500 });
	await putFallbackKeys(client, device, device.fallbackKeys);
};
