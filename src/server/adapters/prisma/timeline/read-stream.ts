import type { UserId } from "../../../../../federation/identifiers/identifier-types.ts";
import type { ReadReceipt, TimelineRecord } from "../../../timeline/public.ts";
import { rows, type SqlClient } from "../sql.ts";
import { othersReached } from "../stream/others-reached.ts";
import { type EventColumns, eventColumns, eventSource, roomIdColumn, toRecord } from "./event-columns.ts";

interface ReceiptRow {
	room_nid: number;
	user_id: UserId;
	position: number;
	ts: number;
	is_public: boolean;
}

const toReceipt = (row: ReceiptRow): ReadReceipt => ({
	roomNid: row.room_nid,
	userId: row.user_id,
	position: row.position,
	ts: row.ts,
	isPublic: row.is_public,
});

/**
 * Events of all rooms. A live event's number is its position, so the key is walked; the few that were known before they
 * took their place have an index of their own.
 */
export const readStream = async (client: SqlClient, from: number, to: number): Promise<readonly TimelineRecord[]> => {
	const found = await rows<EventColumns>(client, {
		name: "read-stream-events",
		text: `SELECT ${eventColumns}, ${roomIdColumn} FROM ${eventSource}
			WHERE e.nid IN (
				SELECT l.nid FROM events l WHERE l.nid > $1::int8 AND l.nid <= $2::int8 AND l.position = l.nid AND l.verdict = 0
				UNION ALL
				SELECT p.nid FROM events p
				WHERE p.position > $1::int8 AND p.position <= $2::int8 AND p.position <> p.nid AND p.verdict = 0
			) ORDER BY e.position`,
		values: [from, to],
	});
	return found.map(toRecord);
};

/** Receipts that moved in rooms the viewer is in. */
export const findMovedReceipts = async (
	client: SqlClient,
	viewerId: UserId,
	{ from, to, limit }: { readonly from: number; readonly to: number; readonly limit: number },
): Promise<readonly ReadReceipt[]> => {
	const found = await rows<ReceiptRow>(client, {
		name: "find-moved-receipts",
		text: `SELECT o.room_nid, o.user_id, o.position, o.ts, o.is_public FROM receipts o
			JOIN memberships m ON m.room_nid = o.room_nid AND m.user_id = $1 AND m.membership = 'join'
			WHERE o.stream_position > $2::int8 AND o.stream_position <= $3::int8 AND (o.is_public OR o.user_id = $1)
			ORDER BY o.stream_position DESC LIMIT $4::int`,
		values: [viewerId, from, to, limit],
	});
	return found.map(toReceipt);
};

/** The newest public receipts of each room's members. */
export const readReceipts = async (client: SqlClient, roomNids: readonly number[]): Promise<readonly ReadReceipt[]> => {
	const found = await rows<ReceiptRow>(client, {
		name: "read-public-receipts",
		text: `SELECT own.* FROM unnest($1::int4[]) AS g(room_nid) CROSS JOIN LATERAL (
				SELECT o.room_nid, o.user_id, o.position, o.ts, o.is_public FROM receipts o
				JOIN memberships m ON m.room_nid = o.room_nid AND m.user_id = o.user_id AND m.membership = 'join'
				WHERE o.room_nid = g.room_nid AND o.is_public ORDER BY o.stream_position DESC LIMIT 200) own`,
		values: [roomNids],
	});
	return found.map(toReceipt);
};

/** The position that everybody else of this server in the room has a device at, and every other server has accepted. */
export const readDelivered = async (
	client: SqlClient,
	roomNids: readonly number[],
	viewerId: UserId,
): Promise<ReadonlyMap<number, number>> => {
	const found = await rows<{ room_nid: number; position: number }>(client, {
		name: "read-delivered-positions",
		text: `SELECT room_nid, min(coalesce(position, 0)) AS position FROM (
				SELECT m.room_nid, m.user_id, reached.position FROM memberships m CROSS JOIN LATERAL (
					SELECT max(s.acked_position) AS position FROM sessions s WHERE s.user_id = m.user_id AND s.revoked_at IS NULL
				) reached
				WHERE m.room_nid = ANY($1::int4[]) AND m.membership = 'join' AND m.is_local AND m.user_id <> $2
				UNION ALL
				${othersReached("r.nid = ANY($1::int4[])")}
			) others GROUP BY room_nid`,
		values: [roomNids, viewerId],
	});
	return new Map(found.map((row) => [row.room_nid, row.position]));
};
