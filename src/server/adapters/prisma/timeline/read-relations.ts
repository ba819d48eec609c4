import type { EventId, UserId } from "../../../../../federation/identifiers/identifier-types.ts";
import type { EditCandidate, ReactionTally, RoomRange, TimelineRecord } from "../../../timeline/public.ts";
import { rows, type SqlClient } from "../sql.ts";
import { contentOf } from "./event-columns.ts";
import { columnsOf } from "./read-events.ts";

interface EditRow {
	target_event_id: EventId;
	event_id: EventId;
	type: string;
	room_nid: number;
	position: number;
	origin_server_ts: number;
	json: string;
}

/**
 * Edits that the specification calls valid as far as columns tell: same room, sender and type, neither is state. A message
 * from before its room was encrypted is edited by an encrypted event.
 * Matrix v1.19 Client-Server API, "Validity of replacement events".
 */
const newestEdits = `
SELECT t.event_id AS target_event_id, edit.* FROM unnest($1::text[], $2::int4[], $3::text[], $4::text[])
	AS t(event_id, room_nid, sender, type)
CROSS JOIN LATERAL (
	SELECT e.event_id, e.type, e.room_nid, e.position, e.origin_server_ts, e.json FROM event_relations x
	JOIN events e ON e.nid = x.event_nid
	WHERE x.target_event_id = t.event_id AND x.kind = 'edit' AND x.sender = t.sender AND e.room_nid = t.room_nid
		AND (e.type = t.type OR e.type = 'm.room.encrypted' AND t.type = 'm.room.message')
		AND e.state_key IS NULL AND e.verdict = 0 AND e.redacted_by_nid IS NULL AND e.position IS NOT NULL
	ORDER BY x.event_nid DESC LIMIT 8
) edit`;

/** The newest edits of each message. */
export const readEdits = async (
	client: SqlClient,
	targets: readonly TimelineRecord[],
): Promise<readonly EditCandidate[]> => {
	const found = await rows<EditRow>(client, {
		name: "read-newest-edits",
		text: newestEdits,
		values: [
			targets.map((target) => target.eventId),
			targets.map((target) => target.roomNid),
			targets.map((target) => target.sender),
			targets.map((target) => target.type),
		],
	});
	return found.map((row) => ({
		targetEventId: row.target_event_id,
		eventId: row.event_id,
		isEncrypted: row.type === "m.room.encrypted",
		roomNid: row.room_nid,
		position: row.position,
		originServerTs: row.origin_server_ts,
		content: contentOf(row.json),
	}));
};

/** The newest 5,000 reactions of an event are counted: enough for any room, and a bound on what one event can cost. */
const reactionTallies = `
SELECT t.event_id AS target_event_id, tally.* FROM unnest($1::text[], $2::int4[]) AS t(event_id, room_nid)
CROSS JOIN LATERAL (
	SELECT s.key, count(DISTINCT s.sender)::int AS count,
		min(s.event_id) FILTER (WHERE s.sender = $3) AS own_event_id, min(s.position) AS first
	FROM (
		SELECT x.key, x.sender, e.event_id, e.position FROM event_relations x
		JOIN events e ON e.nid = x.event_nid
		WHERE x.target_event_id = t.event_id AND x.kind = 'reaction' AND e.room_nid = t.room_nid AND e.verdict = 0
			AND e.redacted_by_nid IS NULL
			AND EXISTS (SELECT FROM unnest($4::int4[], $5::int8[], $6::int8[]) AS g(room_nid, low, high)
				WHERE g.room_nid = e.room_nid AND e.position BETWEEN g.low AND g.high)
		ORDER BY x.event_nid DESC LIMIT 5000
	) s GROUP BY s.key
) tally
ORDER BY tally.first`;

interface TallyRow {
	target_event_id: EventId;
	key: string;
	count: number;
	own_event_id: EventId | null;
}

/** Reactions by target and key, distinct people counted. */
export const readReactions = async (
	client: SqlClient,
	viewerId: UserId,
	{ targets, ranges }: { readonly targets: readonly TimelineRecord[]; readonly ranges: readonly RoomRange[] },
): Promise<readonly ReactionTally[]> => {
	const found = await rows<TallyRow>(client, {
		name: "read-reaction-tallies",
		text: reactionTallies,
		values: [
			targets.map((target) => target.eventId),
			targets.map((target) => target.roomNid),
			viewerId,
			...columnsOf(ranges),
		],
	});
	return found.map((row) => ({
		targetEventId: row.target_event_id,
		key: row.key,
		count: row.count,
		ownEventId: row.own_event_id ?? undefined,
	}));
};
