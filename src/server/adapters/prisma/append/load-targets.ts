import type { EventId } from "../../../../../federation/identifiers/identifier-types.ts";
import { roomVersion } from "../../../../../federation/room-versions/room-versions.ts";
import type { TargetEvent } from "../../../rooms/append/room-head.ts";
import { rows, type SqlClient } from "../sql.ts";
import { parseStoredEvent } from "./load-heads.ts";

interface TargetRecord {
	nid: number;
	event_id: EventId;
	room_nid: number;
	position: number | null;
	message_ordinal: number;
	redacted_by_nid: number | null;
	json: string;
	version: string;
	relation_kind: string | null;
	relation_target: EventId | null;
	edit_ids: EventId[];
}

/** Stored events by id, with what an edit, a reaction or a deletion needs to know of them. */
export const loadTargets = async (client: SqlClient, eventIds: readonly EventId[]): Promise<readonly TargetEvent[]> => {
	const found = await rows<TargetRecord>(client, {
		name: "load-targets",
		text: `SELECT e.nid, e.event_id, e.room_nid, e.position, e.message_ordinal, e.redacted_by_nid, e.json, r.version,
			own.kind AS relation_kind, own.target_event_id AS relation_target,
			ARRAY(SELECT edit.event_id FROM event_relations x JOIN events edit ON edit.nid = x.event_nid
				WHERE x.target_event_id = e.event_id AND x.kind = 'edit' AND x.sender = e.sender
				AND edit.redacted_by_nid IS NULL ORDER BY edit.nid) AS edit_ids
			FROM events e JOIN rooms r ON r.nid = e.room_nid LEFT JOIN event_relations own ON own.event_nid = e.nid
			WHERE e.event_id = ANY($1::text[]) AND e.verdict = 0`,
		values: [eventIds],
	});
	return found.map(toTarget);
};

const toTarget = (row: TargetRecord): TargetEvent => {
	const version = roomVersion(row.version);
	if (version === undefined) throw new Error(`room version ${row.version} is stored but not understood`);
	const relation =
		row.relation_kind === null || row.relation_target === null
			? undefined
			: { kind: row.relation_kind, targetEventId: row.relation_target };
	return {
		nid: row.nid,
		roomNid: row.room_nid,
		position: row.position ?? undefined,
		messageOrdinal: row.message_ordinal,
		isRedacted: row.redacted_by_nid !== null,
		event: parseStoredEvent(row, version),
		editIds: row.edit_ids,
		relation,
	};
};
