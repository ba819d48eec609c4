import type { EventId } from "../../../../../federation/identifiers/identifier-types.ts";
import { groupBy } from "../../../../shared/group-by.ts";
import type { RangeWalk, RoomRange, TimelineRecord, WalkQuery } from "../../../timeline/public.ts";
import { rows, type SqlClient } from "../sql.ts";
import { type EventColumns, eventColumns, eventSource, roomIdColumn, toRecord } from "./event-columns.ts";

/**
 * Per range: at most `scanLimit` events are walked along the index, and of those the first `limit` that count are
 * returned; the outer limit stops the walk early. The last event that a walk may look at is returned even if it does
 * not count: it tells where the walk ended.
 */
const walk = (order: "DESC" | "ASC", condition: string): string => `
SELECT found.*, room.id AS room_id
FROM unnest($1::int4[], $2::int8[], $3::int8[]) WITH ORDINALITY AS g(room_nid, low, high, place)
CROSS JOIN LATERAL (SELECT r.id FROM rooms r WHERE r.nid = g.room_nid LIMIT 1) room
CROSS JOIN LATERAL (
	SELECT g.place::int AS place, n.* FROM (
		SELECT s.*, row_number() OVER (ORDER BY s.position ${order})::int AS seen FROM (
			SELECT ${eventColumns} FROM ${eventSource}
			WHERE e.room_nid = g.room_nid AND e.position BETWEEN g.low AND g.high AND e.verdict = 0
			ORDER BY e.position ${order} LIMIT $5::int
		) s
	) n WHERE ${condition} OR n.seen = $5::int ORDER BY n.position ${order} LIMIT $4::int
) found`;

const isRow = "(n.relation_kind IS NULL OR n.relation_kind IN ('reply', 'reference'))";
const statements = {
	backwards: { rows: walk("DESC", isRow), all: walk("DESC", "true") },
	forwards: { rows: walk("ASC", isRow), all: walk("ASC", "true") },
} as const;

interface WalkRow extends EventColumns {
	place: number;
	seen: number;
}

/** Walks several ranges in one statement. */
export const walkRanges = async (client: SqlClient, query: WalkQuery): Promise<readonly RangeWalk[]> => {
	if (query.ranges.length === 0) return [];
	const found = await rows<WalkRow>(client, {
		name: `walk-${query.direction}-${query.events}`,
		text: statements[query.direction][query.events],
		values: [...columnsOf(query.ranges), query.limit, query.scanLimit],
	});
	const byPlace = groupBy(found, (row) => row.place);
	return query.ranges.map((range, index) => toWalk(range, byPlace.get(index + 1) ?? [], query));
};

const toWalk = (range: RoomRange, found: readonly WalkRow[], query: WalkQuery): RangeWalk => {
	const sign = query.direction === "backwards" ? -1 : 1;
	const ordered = found.toSorted((a, b) => sign * (a.position - b.position));
	const last = ordered.at(-1);
	const isCounted = (row: WalkRow): boolean =>
		query.events === "all" || row.relation_kind === null || ["reply", "reference"].includes(row.relation_kind);
	return {
		range,
		records: ordered.filter(isCounted).map(toRecord),
		stoppedAt: last?.seen === query.scanLimit ? last.position : undefined,
	};
};

/** Ranges as the arrays that `unnest` takes. */
export const columnsOf = (ranges: readonly RoomRange[]): [number[], number[], number[]] => [
	ranges.map((range) => range.roomNid),
	ranges.map((range) => range.low),
	ranges.map((range) => range.high),
];

/** Accepted events by number; the order is the database's. */
export const readEventsByNid = async (
	client: SqlClient,
	nids: readonly number[],
): Promise<readonly TimelineRecord[]> => {
	if (nids.length === 0) return [];
	const found = await rows<EventColumns>(client, {
		name: "read-events-by-nid",
		text: `SELECT ${eventColumns}, ${roomIdColumn} FROM ${eventSource}
			WHERE e.nid = ANY($1::int8[]) AND e.verdict = 0 AND e.position IS NOT NULL`,
		values: [nids],
	});
	return found.map(toRecord);
};

/** The stream's position now. */
export const readHead = async (client: SqlClient): Promise<number> => {
	const [head] = await rows<{ position: number }>(client, {
		name: "read-stream-head",
		text: "SELECT position FROM stream_head WHERE id = 1",
	});
	if (head === undefined) throw new Error("stream_head has no row");
	return head.position;
};

/** An event of the room that has a place in the stream. */
export const findEvent = async (
	client: SqlClient,
	roomNid: number,
	eventId: EventId,
): Promise<TimelineRecord | undefined> => {
	const [found] = await rows<EventColumns>(client, {
		name: "find-timeline-event",
		text: `SELECT ${eventColumns}, ${roomIdColumn} FROM ${eventSource}
			WHERE e.event_id = $2 AND e.room_nid = $1 AND e.verdict = 0 AND e.position IS NOT NULL`,
		values: [roomNid, eventId],
	});
	return found === undefined ? undefined : toRecord(found);
};
