import type pg from "pg";
import type { UserId } from "../../../../../federation/identifiers/identifier-types.ts";
import type { DueList, KnownList, RemoteDeviceStore } from "../../../federation/public.ts";
import type { StoredDeviceKeys } from "../../../keys/public.ts";
import { withDatabaseErrors } from "../database-error.ts";
import { rows, run, type SqlStatement } from "../sql.ts";
import { inKeyTransaction } from "./key-transaction.ts";
import { applyUpdate, noteRemoteChange, putList, putRemoteCrossSigning } from "./put-remote-devices.ts";
import { createSharingStore } from "./sharing-store.ts";

/** The devices of other servers' people on PostgreSQL. */
export const createRemoteDeviceStore = (pool: pg.Pool): RemoteDeviceStore => {
	const read = <T>(statement: SqlStatement): Promise<T[]> => withDatabaseErrors(rows<T>(pool, statement));
	const write = (statement: SqlStatement): Promise<void> => withDatabaseErrors(run(pool, statement));
	const idsOf = async (statement: SqlStatement): Promise<ReadonlySet<UserId>> =>
		new Set((await read<{ id: UserId }>(statement)).map(({ id }) => id));
	return {
		listsOf: (userIds) =>
			read<KnownList>({
				name: "remote-lists-of",
				text: `SELECT user_id AS "userId", stream_id AS "streamId", is_stale AS "isStale" FROM remote_device_lists
					WHERE user_id = ANY($1::text[])`,
				values: [userIds],
			}),
		sharing: (userIds) => idsOf({ name: "remote-people-sharing", text: sharing, values: [userIds] }),
		devicesOf: (userIds) =>
			read<StoredDeviceKeys>({
				name: "remote-devices-of",
				text: `SELECT user_id AS "userId", device_id AS "deviceId", json, '' AS "displayName" FROM remote_devices
					WHERE user_id = ANY($1::text[]) ORDER BY user_id, device_id`,
				values: [userIds],
			}),
		follow: (userIds) =>
			write({
				name: "follow-remote-lists",
				text: `INSERT INTO remote_device_lists (user_id, stream_id, is_stale) SELECT u, 0, true FROM unnest($1::text[]) AS u
					ON CONFLICT DO NOTHING`,
				values: [userIds],
			}),
		putList: (userId, list) => inKeyTransaction(pool, (client) => putList(client, userId, list)),
		applyUpdate: (userId, update) => inKeyTransaction(pool, (client) => applyUpdate(client, userId, update)),
		putCrossSigning: (userId, keys) => inKeyTransaction(pool, (client) => putRemoteCrossSigning(client, userId, keys)),
		noteChange: (userId) =>
			inKeyTransaction(pool, async (client) => {
				await run(client, {
					name: "make-remote-list-stale",
					text: `UPDATE remote_device_lists SET is_stale = true, misses = misses + 1, attempts = 0, next_try_at = now()
						WHERE user_id = $1`,
					values: [userId],
				});
				await noteRemoteChange(client, userId);
			}),
		due: (now, limit) =>
			read<DueList>({
				name: "due-remote-lists",
				text: `SELECT user_id AS "userId", misses, attempts FROM remote_device_lists
					WHERE is_stale AND next_try_at <= $1 ORDER BY next_try_at LIMIT $2`,
				values: [new Date(now), limit],
			}),
		failed: (userId, nextTryAt) =>
			write({
				name: "remote-list-failed",
				text: "UPDATE remote_device_lists SET attempts = attempts + 1, next_try_at = $2 WHERE user_id = $1",
				values: [userId, new Date(nextTryAt)],
			}),
		forget: (userId) =>
			write({
				name: "forget-remote-list",
				text: `WITH devices AS (UPDATE remote_devices SET let_go_at = now() WHERE user_id = $1)
					DELETE FROM remote_device_lists WHERE user_id = $1`,
				values: [userId],
			}),
		peopleFor: (server, userIds) => idsOf({ name: "people-for-server", text: peopleFor, values: [server, userIds] }),
		listId: async (userId) => {
			const text = "SELECT list_id AS id FROM device_list_changes WHERE user_id = $1 AND only_for = ''";
			return (await read<{ id: number }>({ name: "device-list-id", text, values: [userId] }))[0]?.id ?? 0;
		},
		...createSharingStore(pool),
	};
};

const sharing = `
SELECT u AS id FROM unnest($1::text[]) AS u WHERE EXISTS (
	SELECT FROM memberships m JOIN memberships o ON o.room_nid = m.room_nid AND o.is_local AND o.membership = 'join'
	WHERE m.user_id = u AND m.membership = 'join')`;

/** An invitation is enough: whoever invites encrypts for the invited. */
const peopleFor = `
SELECT u.id FROM users u WHERE u.id = ANY($2::text[]) AND u.disabled_at IS NULL AND EXISTS (
	SELECT FROM memberships m JOIN memberships o ON o.room_nid = m.room_nid AND NOT o.is_local
		AND o.membership IN ('join', 'invite') AND substr(o.user_id, strpos(o.user_id, ':') + 1) = $1
	WHERE m.user_id = u.id AND m.membership IN ('join', 'invite', 'knock'))`;
