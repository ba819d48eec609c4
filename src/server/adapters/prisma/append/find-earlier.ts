import type { EventId, RoomId, UserId } from "../../../../../federation/identifiers/identifier-types.ts";
import type { EarlierEvent } from "../../../rooms/ports.ts";
import { rows, type SqlClient } from "../sql.ts";

interface EarlierRecord {
	room_nid: number;
	sender: string;
	txn_id: string | null;
	event_id: EventId;
	position: number;
	origin_server_ts: number;
}

const toEarlier = (row: EarlierRecord): EarlierEvent => ({
	roomNid: row.room_nid,
	sender: row.sender,
	transactionId: row.txn_id ?? "",
	eventId: row.event_id,
	position: row.position,
	originServerTs: row.origin_server_ts,
});

/** Events stored by earlier attempts under these transaction ids. */
export const findEarlierEvents = async (
	client: SqlClient,
	keys: readonly { readonly roomNid: number; readonly sender: string; readonly transactionId: string }[],
): Promise<readonly EarlierEvent[]> => {
	const found = await rows<EarlierRecord>(client, {
		name: "find-earlier-events",
		text: `SELECT e.room_nid, e.sender, e.txn_id, e.event_id, e.position, e.origin_server_ts
			FROM unnest($1::int[], $2::text[], $3::text[]) AS k(room_nid, sender, txn_id)
			JOIN events e ON e.room_nid = k.room_nid AND e.sender = k.sender AND e.txn_id = k.txn_id`,
		values: [keys.map((key) => key.roomNid), keys.map((key) => key.sender), keys.map((key) => key.transactionId)],
	});
	return found.map(toEarlier);
};

/** The room an earlier attempt under this transaction id made. */
export const findEarlierRoom = async (
	client: SqlClient,
	creatorId: string,
	transactionId: string,
): Promise<RoomId | undefined> => {
	const [found] = await rows<{ id: RoomId }>(client, {
		name: "find-earlier-room",
		text: "SELECT id FROM rooms WHERE creator_id = $1 AND create_txn_id = $2",
		values: [creatorId, transactionId],
	});
	return found?.id;
};

/** The direct chat of a pair that was last active. */
export const findDirectRoom = async (
	client: SqlClient,
	userId: UserId,
	otherId: UserId,
): Promise<RoomId | undefined> => {
	const [found] = await rows<{ id: RoomId }>(client, {
		name: "direct-room-of",
		text: `SELECT r.id FROM memberships own JOIN memberships other ON other.room_nid = own.room_nid AND other.user_id = $2
			JOIN rooms r ON r.nid = own.room_nid
			WHERE own.user_id = $1 AND r.kind = 'direct' AND r.replacement_room_id IS NULL AND own.membership = 'join'
			AND other.membership IN ('join', 'invite') ORDER BY r.last_activity DESC LIMIT 1`,
		values: [userId, otherId],
	});
	return found?.id;
};

/** Where aliases lead. */
export const findAliases = async (
	client: SqlClient,
	aliases: readonly string[],
): Promise<ReadonlyMap<string, RoomId>> => {
	const found = await rows<{ alias: string; id: RoomId }>(client, {
		name: "find-aliases",
		text: "SELECT a.alias, r.id FROM room_aliases a JOIN rooms r ON r.nid = a.room_nid WHERE a.alias = ANY($1::text[])",
		values: [aliases],
	});
	return new Map(found.map((row) => [row.alias, row.id]));
};

/** A reaction of this person with this key that stands. */
export const findReaction = async (
	client: SqlClient,
	reaction: { readonly targetEventId: string; readonly sender: string; readonly key: string },
): Promise<EarlierEvent | undefined> => {
	const [found] = await rows<EarlierRecord>(client, {
		name: "find-reaction",
		text: `SELECT e.room_nid, e.sender, e.txn_id, e.event_id, e.position, e.origin_server_ts FROM event_relations x
			JOIN events e ON e.nid = x.event_nid
			WHERE x.target_event_id = $1 AND x.kind = 'reaction' AND x.sender = $2 AND x.key = $3 AND e.redacted_by_nid IS NULL
			LIMIT 1`,
		values: [reaction.targetEventId, reaction.sender, reaction.key],
	});
	return found === undefined ? undefined : toEarlier(found);
};
