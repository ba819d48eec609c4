import type { EventId } from "../../../../../federation/identifiers/identifier-types.ts";
import type { TimelineStore } from "../../../timeline/public.ts";
import { rows, type SqlClient } from "../sql.ts";

const side = (comparison: string, order: string): string => `
	(SELECT event_id, position, ${comparison === ">=" ? "true" : "false"} AS is_after FROM events
	WHERE room_nid = $1 AND type IN ('m.room.message', 'm.room.encrypted') AND position IS NOT NULL AND verdict = 0 AND redacted_by_nid IS NULL
		AND origin_server_ts ${comparison} $2::int8
	ORDER BY origin_server_ts ${order}, position ${order} LIMIT $3::int)`;

/** Messages around a time, nearest first on either side. */
export const messagesAround = async (
	client: SqlClient,
	roomNid: number,
	{ ts, limit }: Parameters<TimelineStore["messagesAround"]>[1],
): ReturnType<TimelineStore["messagesAround"]> => {
	const found = await rows<{ event_id: EventId; position: number; is_after: boolean }>(client, {
		name: "messages-around-time",
		text: `${side(">=", "ASC")} UNION ALL ${side("<", "DESC")}`,
		values: [roomNid, ts, limit],
	});
	const of = (isAfter: boolean) =>
		found.filter((row) => row.is_after === isAfter).map((row) => ({ eventId: row.event_id, position: row.position }));
	return { after: of(true), before: of(false) };
};
