import type pg from "pg";
import type { DeviceNewsStore } from "../../../stream/public.ts";
import { withDatabaseErrors } from "../database-error.ts";
import { rows, run, type SqlStatement } from "../sql.ts";
import { changesFor } from "./list-changes.ts";
import { countsOf } from "./read-keys.ts";

/** What is for devices and their crypto engines, on PostgreSQL. */
export const createDeviceNewsStore = (pool: pg.Pool): DeviceNewsStore => {
	const read = <T>(statement: SqlStatement): Promise<T[]> => withDatabaseErrors(rows<T>(pool, statement));
	return {
		toDevice: ({ userId, deviceId }, { after, upTo, limit }) =>
			read({
				name: "next-to-device",
				text: `SELECT stream_position AS position, sender, type, content FROM to_device_messages
					WHERE user_id = $1 AND device_id = $2 AND stream_position > $3 AND stream_position <= $4
					ORDER BY stream_position LIMIT $5`,
				values: [userId, deviceId, after, upTo, limit],
			}),
		acknowledgeToDevice: ({ userId, deviceId }, position) =>
			withDatabaseErrors(
				run(pool, {
					name: "acknowledge-to-device",
					text: "DELETE FROM to_device_messages WHERE user_id = $1 AND device_id = $2 AND stream_position <= $3",
					values: [userId, deviceId, position],
				}),
			),
		keyCounts: async (device) => {
			const dropped = read<{ count: number }>({
				name: "dropped-to-device",
				text: "SELECT count FROM dropped_to_device WHERE user_id = $1 AND device_id = $2",
				values: [device.userId, device.deviceId],
			});
			const [counts, [row]] = await Promise.all([withDatabaseErrors(countsOf(pool, device)), dropped]);
			return { ...counts, dropped: row?.count ?? 0 };
		},
		listChangesFor: (userId, range) => withDatabaseErrors(changesFor(pool, userId, range)),
		sharersOf: async (userIds) => {
			const found = await read<{ id: string }>({
				name: "sharers-of",
				text: `SELECT DISTINCT o.user_id AS id FROM memberships m
					JOIN memberships o ON o.room_nid = m.room_nid AND o.is_local AND o.membership = 'join'
					WHERE m.user_id = ANY($1::text[]) AND m.membership = 'join'
					UNION SELECT unnest($1::text[])`,
				values: [userIds],
			});
			return found.map(({ id }) => id);
		},
	};
};
