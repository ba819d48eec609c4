import type { MediaId, RemoteMediaRecord, RemoteMediaStore } from "../../../media/public.ts";
import { databaseError } from "../database-error.ts";
import { rows, type SqlClient } from "../sql.ts";

interface Row {
	readonly id: string;
	readonly content_type: string;
	readonly size_bytes: number;
}

/** What is known of other servers' pictures and files, on PostgreSQL. */
export const createRemoteMediaStore = (client: SqlClient): RemoteMediaStore => ({
	find: async (key, now) => {
		const [row] = await query<Row>(client, {
			name: "remote_media_find",
			// Written once an hour at most, however often it is looked at.
			text: `WITH used AS (
					UPDATE remote_media SET used_at = $3
					WHERE server_name = $1 AND media_id = $2 AND is_whole = $4 AND used_at < $3::timestamptz - interval '1 hour'
				)
				SELECT id, content_type, size_bytes FROM remote_media
				WHERE server_name = $1 AND media_id = $2 AND is_whole = $4`,
			values: [key.serverName, key.mediaId, new Date(now), key.isWhole],
		});
		if (row === undefined) return undefined;
		return { ...key, id: row.id as MediaId, contentType: row.content_type, sizeBytes: row.size_bytes };
	},
	add: async ({ serverName, mediaId, isWhole, id, contentType, sizeBytes }: RemoteMediaRecord, now) => {
		const added = await query(client, {
			name: "remote_media_add",
			text: `INSERT INTO remote_media (server_name, media_id, id, content_type, size_bytes, used_at, is_whole)
				VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (server_name, media_id, is_whole) DO NOTHING RETURNING id`,
			values: [serverName, mediaId, id, contentType, sizeBytes, new Date(now), isWhole],
		});
		return added.length === 1;
	},
	servers: async () => {
		const text = "SELECT DISTINCT server_name AS name FROM remote_media";
		return (await query<{ name: string }>(client, { name: "remote_media_servers", text })).map(({ name }) => name);
	},
	forgetOf: async (serverName, limit) => {
		const forgotten = await query<{ id: string }>(client, {
			name: "remote_media_forget_of",
			text: `DELETE FROM remote_media WHERE id IN (
					SELECT id FROM remote_media WHERE server_name = $1 LIMIT $2
				) RETURNING id`,
			values: [serverName, limit],
		});
		return forgotten.map(({ id }) => id as MediaId);
	},
	forgetBeyond: async (mostBytes, limit) => {
		const forgotten = await query<{ id: string }>(client, {
			name: "remote_media_forget",
			text: `DELETE FROM remote_media WHERE id IN (
					SELECT id FROM (
						SELECT id, used_at, sum(size_bytes) OVER (ORDER BY used_at DESC, id) AS bytes FROM remote_media
					) AS kept WHERE bytes > $1 ORDER BY used_at LIMIT $2
				) RETURNING id`,
			values: [mostBytes, limit],
		});
		return forgotten.map(({ id }) => id as MediaId);
	},
});

const query: typeof rows = async (client, statement) => {
	try {
		return await rows(client, statement);
	} catch (error) {
		throw databaseError(error);
	}
};
