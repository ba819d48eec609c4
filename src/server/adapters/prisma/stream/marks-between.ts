import type { StreamMarks } from "../../../stream/public.ts";
import { rows, type SqlClient } from "../sql.ts";

interface MarkRow {
	room_nid: number | null;
	room_id: string | null;
	user_id: string;
	is_public: boolean | null;
	position: number;
	message_ordinal: number | null;
	ts: number | null;
	type: string | null;
	content: string | null;
	device_id: string | null;
	only_for: string | null;
}

/** What entered the stream between two positions besides events, with one statement. */
export const marksBetween = async (client: SqlClient, from: number, to: number): Promise<StreamMarks> => {
	const found = await rows<MarkRow>(client, {
		name: "marks-between",
		text: `SELECT c.room_nid, r.id AS room_id, c.user_id, c.is_public, c.position, c.message_ordinal, c.ts,
				NULL::text AS type, NULL::text AS content, NULL::text AS device_id, NULL::text AS only_for
			FROM receipts c JOIN rooms r ON r.nid = c.room_nid WHERE c.stream_position > $1 AND c.stream_position <= $2
			UNION ALL
			SELECT NULL, NULL, d.user_id, NULL, d.stream_position, NULL, NULL, d.type, d.content, NULL, NULL
			FROM account_data d WHERE d.stream_position > $1 AND d.stream_position <= $2
			UNION ALL
			SELECT m.room_nid, NULL, m.state_key, NULL, m.position, NULL, NULL, NULL, NULL, NULL, NULL
			FROM resolved_marks m WHERE m.position > $1 AND m.position <= $2 AND m.state_key <> ''
			UNION ALL
			SELECT DISTINCT NULL::int4, NULL, t.user_id, NULL::bool, NULL::int8, NULL::int4, NULL::int8, NULL, NULL, t.device_id, NULL
			FROM to_device_messages t WHERE t.stream_position > $1 AND t.stream_position <= $2
			UNION ALL
			SELECT NULL, NULL, l.user_id, NULL, NULL, NULL, NULL, NULL, NULL, NULL, l.only_for
			FROM device_list_changes l WHERE l.stream_position > $1 AND l.stream_position <= $2`,
		values: [from, to],
	});
	return {
		receipts: found.flatMap((row) =>
			row.room_nid === null || row.room_id === null
				? []
				: {
						roomNid: row.room_nid,
						roomId: row.room_id,
						userId: row.user_id,
						isPublic: row.is_public === true,
						position: row.position,
						messageOrdinal: row.message_ordinal ?? 0,
						ts: row.ts ?? 0,
					},
		),
		resolved: found.flatMap((row) =>
			row.room_nid === null || row.room_id !== null ? [] : { roomNid: row.room_nid, userId: row.user_id },
		),
		toDevice: found.flatMap(({ user_id: userId, device_id: deviceId }) =>
			deviceId === null ? [] : { userId, deviceId },
		),
		listChanges: found.flatMap(({ user_id: userId, only_for: onlyFor }) =>
			onlyFor === null ? [] : { userId, onlyFor: onlyFor === "" ? undefined : onlyFor },
		),
		accountData: found.flatMap(({ user_id: userId, type, content, position }) =>
			type === null || content === null ? [] : { userId, type, content, position },
		),
	};
};
