import type { RowBatch } from "../../../rooms/append/row-batch.ts";
import type { Appended } from "../../../rooms/ports.ts";
import { rows, type SqlClient } from "../sql.ts";
import { storableKey } from "../storable-key.ts";

/** Commits that go to more servers do not say to which. */
const mostNamed = 20;

const insertEvents = `
WITH advanced AS (
	UPDATE stream_head SET position = $28::int8 WHERE id = 1 AND position = $49::int8 RETURNING 1
), inserted AS (
	INSERT INTO events (nid, room_nid, event_id, type, state_key, sender, depth, origin_server_ts, position, state_group_id,
		message_ordinal, txn_id, json, verdict)
	SELECT nid, room_nid, event_id, type, state_key, sender, depth, ts, nid, state_group_id, ordinal, txn_id, json, verdict
	FROM unnest($1::int8[], $2::int4[], $3::text[], $4::text[], $5::text[], $6::text[], $7::int8[], $8::int8[], $9::int8[],
		$10::int4[], $11::text[], $12::text[], $50::int2[])
		AS e(nid, room_nid, event_id, type, state_key, sender, depth, ts, state_group_id, ordinal, txn_id, json, verdict)
	WHERE EXISTS (SELECT FROM advanced)
), linked AS (
	INSERT INTO event_edges (event_nid, prev_event_nid) SELECT * FROM unnest($13::int8[], $14::int8[])
	WHERE EXISTS (SELECT FROM advanced)
), replaced AS (
	DELETE FROM forward_extremities x USING unnest($15::int4[], $53::int8[]) AS r(room_nid, event_nid)
	WHERE x.room_nid = r.room_nid AND x.event_nid = r.event_nid AND EXISTS (SELECT FROM advanced)
), mentioned AS (
	INSERT INTO mentions (room_nid, user_id, position) SELECT * FROM unnest($18::int4[], $19::text[], $20::int8[])
	WHERE EXISTS (SELECT FROM advanced)
	ON CONFLICT DO NOTHING
), read AS (
	INSERT INTO receipts AS known (room_nid, user_id, is_public, position, message_ordinal, ts, stream_position)
	SELECT room_nid, user_id, is_public, position, ordinal, ts, coalesce(stream_position, position)
	FROM unnest($21::int4[], $22::text[], $23::bool[], $24::int8[], $25::int4[], $26::int8[], $27::int8[])
		AS r(room_nid, user_id, is_public, position, ordinal, ts, stream_position)
	WHERE EXISTS (SELECT FROM advanced)
	ON CONFLICT (room_nid, user_id, is_public) DO UPDATE SET position = excluded.position,
		message_ordinal = excluded.message_ordinal, ts = excluded.ts,
		stream_position = CASE WHEN excluded.stream_position = excluded.position THEN known.stream_position
			ELSE excluded.stream_position END
	WHERE known.position < excluded.position
), upserted AS (
	INSERT INTO rooms (nid, id, version, kind, creator_id, create_txn_id, head_position, depth, state_group_id, message_count,
		last_message_nid, last_activity, name, topic, avatar_url, join_rule, history_visibility, joined_count, invited_count,
		replacement_room_id, encryption)
	SELECT * FROM unnest($29::int4[], $30::text[], $31::text[], $32::text[], $33::text[], $34::text[], $35::int8[], $36::int8[],
		$37::int8[], $38::int4[], $39::int8[], $40::int8[], $41::text[], $42::text[], $43::text[], $44::text[], $45::text[],
		$46::int4[], $47::int4[], $48::text[], $54::text[])
	WHERE EXISTS (SELECT FROM advanced)
	ON CONFLICT (nid) DO UPDATE SET version = excluded.version, kind = excluded.kind, head_position = excluded.head_position, depth = excluded.depth,
		state_group_id = excluded.state_group_id, message_count = excluded.message_count,
		last_message_nid = excluded.last_message_nid, last_activity = excluded.last_activity, name = excluded.name,
		topic = excluded.topic, avatar_url = excluded.avatar_url, join_rule = excluded.join_rule,
		history_visibility = excluded.history_visibility, joined_count = excluded.joined_count,
		invited_count = excluded.invited_count, replacement_room_id = excluded.replacement_room_id,
		encryption = excluded.encryption
), ended AS (
	INSERT INTO forward_extremities (room_nid, event_nid) SELECT * FROM unnest($16::int4[], $17::int8[])
	WHERE EXISTS (SELECT FROM advanced) ON CONFLICT DO NOTHING
), queued AS (
	INSERT INTO outbox_entries (destination, room_nid, event_nid)
	SELECT DISTINCT substr(m.user_id, strpos(m.user_id, ':') + 1) AS destination, o.room_nid, o.event_nid
	FROM unnest($51::int4[], $52::int8[]) AS o(room_nid, event_nid)
	JOIN memberships m ON m.room_nid = o.room_nid AND NOT m.is_local AND m.membership = 'join'
	WHERE EXISTS (SELECT FROM advanced) ORDER BY o.event_nid, destination
	RETURNING destination
)
SELECT ARRAY(SELECT DISTINCT destination FROM queued LIMIT ${mostNamed + 1}) AS destinations FROM advanced`;

/**
 * Events, their edges, the extremities they leave, mentions, read positions, the stream's head and the rooms' rows, in one
 * statement: on an idle machine a message's way to the disk is mostly the way to PostgreSQL and back. Undefined, and nothing
 * is written, when the stream does not stand where the batch begins. `queued` goes to the other servers in the rooms, of
 * which the batch changes none; answers which ones, unless they are many.
 */
export const writeEvents = async (
	client: SqlClient,
	batch: RowBatch,
	queued: RowBatch["outbox"] = [],
): Promise<Appended | undefined> => {
	const { events, edges, mentions } = batch;
	const receipts = [...batch.receipts.values()];
	const ends = [...batch.ends].map(([roomNid, { removed, added }]) => ({
		removed: [...removed].map((nid) => ({ roomNid, nid })),
		added: [...added].map((nid) => ({ roomNid, nid })),
	}));
	const [removed, added] = [ends.flatMap((change) => change.removed), ends.flatMap((change) => change.added)];
	const [advanced] = await rows<{ destinations: string[] }>(client, {
		name: "append-events",
		text: insertEvents,
		values: [
			events.map((row) => row.nid),
			events.map((row) => row.roomNid),
			events.map((row) => row.eventId),
			events.map((row) => row.type),
			events.map((row) => (row.stateKey === undefined ? null : storableKey(row.stateKey))),
			events.map((row) => row.sender),
			events.map((row) => row.depth),
			events.map((row) => row.originServerTs),
			events.map((row) => row.stateGroupId),
			events.map((row) => row.messageOrdinal),
			events.map((row) => row.transactionId ?? null),
			events.map((row) => row.json),
			edges.map((row) => row.eventNid),
			edges.map((row) => row.prevEventNid),
			removed.map((row) => row.roomNid),
			added.map((row) => row.roomNid),
			added.map((row) => row.nid),
			mentions.map((row) => row.roomNid),
			mentions.map((row) => row.userId),
			mentions.map((row) => row.position),
			receipts.map((row) => row.roomNid),
			receipts.map((row) => row.userId),
			receipts.map((row) => row.isPublic),
			receipts.map((row) => row.position),
			receipts.map((row) => row.messageOrdinal),
			receipts.map((row) => row.ts),
			receipts.map((row) => row.streamPosition ?? null),
			batch.position,
			...roomValues(batch),
			batch.from,
			events.map((row) => row.verdict ?? 0),
			queued.map((row) => row.roomNid),
			queued.map((row) => row.eventNid),
			removed.map((row) => row.nid),
			[...batch.rooms.values()].map(({ encryption }) => (encryption === undefined ? null : JSON.stringify(encryption))),
		],
	});
	return advanced && { destinations: advanced.destinations.length > mostNamed ? undefined : advanced.destinations };
};

/** The newest row of each room touched, new rooms among them. */
const roomValues = (batch: RowBatch): readonly unknown[] => {
	const rooms = [...batch.rooms.values()];
	return [
		rooms.map((row) => row.nid),
		rooms.map((row) => row.roomId),
		rooms.map((row) => row.version),
		rooms.map((row) => row.kind),
		rooms.map((row) => row.creatorId),
		rooms.map((row) => row.createTransactionId ?? null),
		rooms.map((row) => row.headPosition),
		rooms.map((row) => row.depth),
		rooms.map((row) => row.stateGroupId ?? null),
		rooms.map((row) => row.messageCount),
		rooms.map((row) => row.lastMessageNid ?? null),
		rooms.map((row) => row.lastActivity),
		rooms.map((row) => row.name ?? null),
		rooms.map((row) => row.topic ?? null),
		rooms.map((row) => row.avatarUrl ?? null),
		rooms.map((row) => row.joinRule),
		rooms.map((row) => row.historyVisibility),
		rooms.map((row) => row.joinedCount),
		rooms.map((row) => row.invitedCount),
		rooms.map((row) => row.replacementRoomId ?? null),
	];
};
