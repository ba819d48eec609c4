import type pg from "pg";
import type { UserId } from "../../../../../federation/identifiers/identifier-types.ts";
import type { BackupState, KeyBackupStore, NewBackedUpKey, StoredBackup } from "../../../key-backup/public.ts";
import { withDatabaseErrors } from "../database-error.ts";
import { rows, run, type SqlClient, type SqlStatement } from "../sql.ts";
import { inKeyTransaction } from "./key-transaction.ts";

/** Backups of room keys on PostgreSQL. */
export const createKeyBackupStore = (pool: pg.Pool): KeyBackupStore => {
	const read = <T>(statement: SqlStatement): Promise<T[]> => withDatabaseErrors(rows<T>(pool, statement));
	return {
		find: async (userId, version) => {
			const values = [userId, version ?? null];
			return (await read<StoredBackup>({ name: "find-key-backup", text: find, values }))[0];
		},
		create: (userId, backup) => inKeyTransaction(pool, (client) => create(client, userId, backup)),
		updateAuthData: async (userId, version, authData) => {
			const text = "UPDATE key_backups SET auth_data = $3 WHERE user_id = $1 AND version = $2 AND NOT is_deleted";
			await read({ name: "update-key-backup", text, values: [userId, version, authData] });
		},
		remove: async (userId, version) => {
			await read({
				name: "remove-key-backup",
				text: `WITH emptied AS (DELETE FROM backed_up_keys WHERE user_id = $1 AND version = $2)
					UPDATE key_backups SET is_deleted = true WHERE user_id = $1 AND version = $2`,
				values: [userId, version],
			});
		},
		putKeys: (userId, version, keys) => inKeyTransaction(pool, (client) => putKeys(client, { userId, version, keys })),
		keys: (userId, version, { roomId, sessionId, after, limit }) =>
			read({
				name: "read-backed-up-keys",
				text: `SELECT room_id AS "roomId", session_id AS "sessionId", json FROM backed_up_keys
					WHERE user_id = $1 AND version = $2 AND ($3::text IS NULL OR room_id = $3) AND ($4::text IS NULL OR session_id = $4)
						AND (room_id, session_id) > ($5, $6) ORDER BY room_id, session_id LIMIT $7`,
				values: [
					...[userId, version, roomId ?? null, sessionId ?? null],
					...[after?.roomId ?? "", after?.sessionId ?? "", limit],
				],
			}),
		removeKeys: (userId, version, { roomId, sessionId }) =>
			inKeyTransaction(pool, async (client) => {
				if (!(await lockNewest(client, userId, version))) return undefined;
				const gone = await rows(client, {
					name: "remove-backed-up-keys",
					text: `DELETE FROM backed_up_keys WHERE user_id = $1 AND version = $2
						AND ($3::text IS NULL OR room_id = $3) AND ($4::text IS NULL OR session_id = $4) RETURNING 1`,
					values: [userId, version, roomId ?? null, sessionId ?? null],
				});
				return noteChange(client, { userId, version, hasChanged: gone.length > 0 });
			}),
	};
};

const find = `
SELECT b.version, b.algorithm, b.auth_data AS "authData", b.etag,
	(SELECT count(*)::int FROM backed_up_keys k WHERE k.user_id = b.user_id AND k.version = b.version) AS count
FROM key_backups b WHERE b.user_id = $1 AND NOT b.is_deleted AND ($2::int4 IS NULL OR b.version = $2)
ORDER BY b.version DESC LIMIT 1`;

/** The person's row is the lock: of two devices that begin a backup at once, one is told of the other's. */
const create = async (
	client: SqlClient,
	userId: UserId,
	{ algorithm, authData, replaces }: Parameters<KeyBackupStore["create"]>[1],
): Promise<number | undefined> => {
	await run(client, {
		name: "lock-backup-owner",
		text: "SELECT FROM users WHERE id = $1 FOR UPDATE",
		values: [userId],
	});
	const newest = "SELECT max(version) FROM key_backups WHERE user_id = $1";
	const [created] = await rows<{ version: number }>(client, {
		name: "create-key-backup",
		text: `INSERT INTO key_backups (user_id, version, algorithm, auth_data)
			SELECT $1, coalesce((${newest}), 0) + 1, $2, $3
			WHERE (${newest} AND NOT is_deleted) IS NOT DISTINCT FROM $4::int4 RETURNING version`,
		values: [userId, algorithm, authData, replaces ?? null],
	});
	return created?.version;
};

/** Keys go into the newest version alone; the lock keeps it so until the transaction ends. */
const lockNewest = async (client: SqlClient, userId: UserId, version: number): Promise<boolean> => {
	const [newest] = await rows<{ version: number }>(client, {
		name: "lock-newest-backup",
		text: `SELECT version FROM key_backups WHERE user_id = $1 AND NOT is_deleted ORDER BY version DESC LIMIT 1 FOR UPDATE`,
		values: [userId],
	});
	return newest?.version === version;
};

/** The better copy stays, as `isBetterSession` of federation/device-keys says. */
const put = `
INSERT INTO backed_up_keys AS k
	(user_id, version, room_id, session_id, first_message_index, forwarded_count, is_verified, json)
SELECT $1, $2, * FROM unnest($3::text[], $4::text[], $5::int8[], $6::int8[], $7::bool[], $8::text[])
ON CONFLICT (user_id, version, room_id, session_id) DO UPDATE SET first_message_index = excluded.first_message_index,
	forwarded_count = excluded.forwarded_count, is_verified = excluded.is_verified, json = excluded.json
WHERE (excluded.is_verified AND NOT k.is_verified) OR (excluded.is_verified = k.is_verified
	AND (excluded.first_message_index, excluded.forwarded_count) < (k.first_message_index, k.forwarded_count))
RETURNING 1`;

const putKeys = async (
	client: SqlClient,
	{
		userId,
		version,
		keys,
	}: { readonly userId: UserId; readonly version: number; readonly keys: readonly NewBackedUpKey[] },
): Promise<BackupState | undefined> => {
	if (!(await lockNewest(client, userId, version))) return undefined;
	const changed = await rows(client, {
		name: "put-backed-up-keys",
		text: put,
		values: [
			...[userId, version, keys.map((key) => key.roomId), keys.map((key) => key.sessionId)],
			...[keys.map((key) => key.firstMessageIndex), keys.map((key) => key.forwardedCount)],
			...[keys.map((key) => key.isVerified), keys.map((key) => key.json)],
		],
	});
	return noteChange(client, { userId, version, hasChanged: changed.length > 0 });
};

const noteChange = async (
	client: SqlClient,
	{ userId, version, hasChanged }: { readonly userId: UserId; readonly version: number; readonly hasChanged: boolean },
): Promise<BackupState | undefined> => {
	const [state] = await rows<BackupState>(client, {
		name: "note-backup-change",
		text: `UPDATE key_backups b SET etag = etag + $3::int WHERE user_id = $1 AND version = $2 RETURNING etag,
			(SELECT count(*)::int FROM backed_up_keys k WHERE k.user_id = b.user_id AND k.version = b.version) AS count`,
		values: [userId, version, hasChanged ? 1 : 0],
	});
	return state;
};
