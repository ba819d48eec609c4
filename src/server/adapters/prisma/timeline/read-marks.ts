import type { UserId } from "../../../../../federation/identifiers/identifier-types.ts";
import type { ViewerMark } from "../../../timeline/public.ts";
import { rows, type SqlClient } from "../sql.ts";
import { contentOf } from "./event-columns.ts";

interface MarkRow {
	user_id: UserId;
	room_nid: number;
	type: string;
	position: number;
	json: string | null;
	/** In place of an event: what resolution decided. */
	value: string | null;
}

const marks = `
SELECT v.user_id, v.room_nid, e.type, e.position, e.json, e.value
FROM unnest($1::text[], $2::int4[]) AS v(user_id, room_nid)
CROSS JOIN LATERAL (
	SELECT h.type, h.position, h.json, NULL AS value FROM events h
	WHERE h.room_nid = v.room_nid AND h.type = 'm.room.history_visibility' AND h.state_key = '' AND h.verdict = 0
	UNION ALL
	SELECT m.type, m.position, m.json, NULL FROM events m
	WHERE m.room_nid = v.room_nid AND m.type = 'm.room.member' AND m.state_key = v.user_id AND m.verdict = 0
	UNION ALL
	SELECT CASE WHEN r.state_key = '' THEN 'm.room.history_visibility' ELSE 'm.room.member' END, r.position, NULL, r.value
	FROM resolved_marks r WHERE r.room_nid = v.room_nid AND r.state_key IN ('', v.user_id)
) e
WHERE e.position IS NOT NULL
ORDER BY e.position`;

/** Visibility events of each room and member events of each viewer there. */
export const readMarks = async (
	client: SqlClient,
	pairs: readonly { readonly viewerId: UserId; readonly roomNid: number }[],
): Promise<readonly ViewerMark[]> => {
	if (pairs.length === 0) return [];
	const found = await rows<MarkRow>(client, {
		name: "read-visibility-marks",
		text: marks,
		values: [pairs.map((pair) => pair.viewerId), pairs.map((pair) => pair.roomNid)],
	});
	return found.map((row) => {
		const isMembership = row.type === "m.room.member";
		const content = row.json === null ? undefined : contentOf(row.json);
		const value = row.value ?? content?.[isMembership ? "membership" : "history_visibility"];
		return {
			viewerId: row.user_id,
			roomNid: row.room_nid,
			position: row.position,
			kind: isMembership ? "membership" : "visibility",
			value: typeof value === "string" ? value : "",
		};
	});
};
