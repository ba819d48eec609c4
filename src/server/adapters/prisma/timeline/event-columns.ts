import type { EventId, RoomId, UserId } from "../../../../../federation/identifiers/identifier-types.ts";
import type { RelationKind, TimelineRecord } from "../../../timeline/public.ts";

/**
 * What a timeline record is read from; `e` is the event. Every subquery is a look-up by key, never a join of whole
 * tables: the `LIMIT 1` keeps the planner from making one of it.
 */
export const eventColumns = `e.nid, e.room_nid, e.event_id, e.type, e.state_key, e.sender, e.position, e.origin_server_ts, e.message_ordinal,
	e.txn_id, e.json, own.kind AS relation_kind, own.target_event_id AS relation_target,
	CASE WHEN e.redacted_by_nid IS NOT NULL THEN (SELECT d.sender FROM events d WHERE d.nid = e.redacted_by_nid) END AS redacted_by,
	CASE WHEN e.type = 'm.room.member' THEN (
		SELECT p.json FROM events p WHERE p.room_nid = e.room_nid AND p.type = e.type AND p.state_key = e.state_key
			AND p.position < e.position AND p.verdict = 0 ORDER BY p.position DESC LIMIT 1) END AS previous_json,
	EXISTS (SELECT FROM event_relations x WHERE x.target_event_id = e.event_id AND x.kind = 'edit' LIMIT 1) AS has_edits,
	EXISTS (SELECT FROM event_relations x WHERE x.target_event_id = e.event_id AND x.kind = 'reaction' LIMIT 1) AS has_reactions`;

/** The id of the event's room, where it is not at hand. */
export const roomIdColumn = "(SELECT r.id FROM rooms r WHERE r.nid = e.room_nid) AS room_id";

/** Where they come from. */
export const eventSource = `events e LEFT JOIN LATERAL (
		SELECT x.kind, x.target_event_id FROM event_relations x WHERE x.event_nid = e.nid LIMIT 1
	) own ON true`;

export interface EventColumns {
	nid: number;
	room_nid: number;
	room_id: RoomId;
	event_id: EventId;
	type: string;
	state_key: string | null;
	sender: UserId;
	position: number;
	origin_server_ts: number;
	message_ordinal: number;
	txn_id: string | null;
	json: string;
	previous_json: string | null;
	redacted_by: UserId | null;
	relation_kind: RelationKind | null;
	relation_target: EventId | null;
	has_edits: boolean;
	has_reactions: boolean;
}

export const toRecord = (row: EventColumns): TimelineRecord => ({
	nid: row.nid,
	roomNid: row.room_nid,
	roomId: row.room_id,
	eventId: row.event_id,
	type: row.type,
	stateKey: row.state_key ?? undefined,
	sender: row.sender,
	position: row.position,
	originServerTs: row.origin_server_ts,
	messageOrdinal: row.message_ordinal,
	content: contentOf(row.json),
	previousContent: row.previous_json === null ? undefined : contentOf(row.previous_json),
	transactionId: row.txn_id ?? undefined,
	redactedBy: row.redacted_by ?? undefined,
	relation:
		row.relation_kind === null || row.relation_target === null
			? undefined
			: { kind: row.relation_kind, eventId: row.relation_target },
	hasEdits: row.has_edits,
	hasReactions: row.has_reactions,
});

/** The content of a stored event. It passed the strict parser before it was stored, so the fast one may read it. */
export const contentOf = (json: string): Readonly<Record<string, unknown>> =>
	(JSON.parse(json) as { readonly content: Readonly<Record<string, unknown>> }).content;
