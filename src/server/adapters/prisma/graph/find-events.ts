import type { EventId } from "../../../../../federation/identifiers/identifier-types.ts";
import type { EventStatus } from "../../../../../federation/ports/event-store.ts";
import { roomVersion } from "../../../../../federation/room-versions/room-versions.ts";
import type { GraphEvent } from "../../../rooms/graph-ports.ts";
import { parseStoredEvent } from "../append/load-heads.ts";
import { rows, type SqlClient } from "../sql.ts";

interface EventRecord {
	nid: number;
	room_nid: number;
	event_id: EventId;
	position: number | null;
	state_group_id: number | null;
	verdict: number;
	redacted_by_nid: number | null;
	json: string;
	version: string;
}

const columns = `e.nid, e.room_nid, e.event_id, e.position, e.state_group_id, e.verdict, e.redacted_by_nid, e.json, r.version`;
const statuses: readonly EventStatus[] = ["accepted", "rejected", "softFailed"];

/** Events by id, whatever their verdict, of any room. */
export const findGraphEvents = async (
	client: SqlClient,
	eventIds: readonly EventId[],
): Promise<ReadonlyMap<EventId, GraphEvent>> => {
	if (eventIds.length === 0) return new Map();
	const found = await rows<EventRecord>(client, {
		name: "find-graph-events",
		text: `SELECT ${columns} FROM events e JOIN rooms r ON r.nid = e.room_nid WHERE e.event_id = ANY($1::text[])`,
		values: [eventIds],
	});
	return new Map(found.map((row) => [row.event_id, toGraphEvent(row)]));
};

/** Redactions that came before their target. */
export const findRedactions = async (client: SqlClient, eventId: EventId): Promise<readonly GraphEvent[]> => {
	const found = await rows<EventRecord>(client, {
		name: "find-redactions-of",
		text: `SELECT ${columns} FROM event_relations x JOIN events e ON e.nid = x.event_nid JOIN rooms r ON r.nid = e.room_nid
			WHERE x.target_event_id = $1 AND x.kind = 'redaction' AND e.verdict = 0 ORDER BY e.position`,
		values: [eventId],
	});
	return found.map(toGraphEvent);
};

const toGraphEvent = (row: EventRecord): GraphEvent => {
	const version = roomVersion(row.version);
	if (version === undefined) throw new Error(`room version ${row.version} is stored but not understood`);
	return {
		nid: row.nid,
		roomNid: row.room_nid,
		event: parseStoredEvent(row, version),
		status: statuses[row.verdict] ?? "rejected",
		position: row.position ?? undefined,
		stateGroupId: row.state_group_id ?? undefined,
		isRedacted: row.redacted_by_nid !== null,
	};
};
