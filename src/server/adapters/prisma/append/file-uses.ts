import type { UserId } from "../../../../../federation/identifiers/identifier-types.ts";
import type { RowBatch } from "../../../rooms/append/row-batch.ts";
import { rows, run, type SqlClient } from "../sql.ts";

/**
 * The owners of files, by id: of those whose content is there. The rows are locked, so that a sweep which wants to take
 * them away waits, and then sees that their time was prolonged.
 */
export const holdFiles = async (
	client: SqlClient,
	mediaIds: readonly string[],
): Promise<ReadonlyMap<string, UserId>> => {
	const found = await rows<{ id: string; owner_id: UserId }>(client, {
		name: "hold-files",
		text: `SELECT id, owner_id FROM media
			WHERE id = ANY($1::text[]) AND expires_at IS NOT NULL AND is_complete AND removed_at IS NULL ORDER BY id FOR UPDATE`,
		values: [[...new Set(mediaIds)]],
	});
	return new Map(found.map((row) => [row.id, row.owner_id]));
};

/** From now on the files stay for as long as the events do. */
export const writeFileUses = (client: SqlClient, { fileUses }: RowBatch): Promise<void> =>
	run(client, {
		name: "append-file-uses",
		text: `WITH uses AS (SELECT * FROM unnest($1::text[], $2::int8[]) AS u(media_id, event_nid)),
			held AS (UPDATE media SET expires_at = greatest(expires_at, now() + interval '1 hour')
				WHERE id IN (SELECT media_id FROM uses))
			INSERT INTO media_uses (media_id, event_nid) SELECT media_id, event_nid FROM uses`,
		values: [fileUses.map((row) => row.mediaId), fileUses.map((row) => row.eventNid)],
	});

/** Files to which nothing but deleted events referred are given to nobody any more; the next sweep takes their content. */
export const endFileUses = (client: SqlClient, { redactions }: RowBatch): Promise<void> =>
	run(client, {
		name: "end-file-uses",
		text: `WITH ended AS (DELETE FROM media_uses WHERE event_nid = ANY($1::int8[]) RETURNING media_id)
			UPDATE media SET removed_at = now(), upload_id = NULL WHERE id IN (SELECT media_id FROM ended)
				AND NOT EXISTS (SELECT FROM media_uses u WHERE u.media_id = media.id AND u.event_nid <> ALL($1::int8[]))`,
		values: [redactions.map((row) => row.targetNid)],
	});
