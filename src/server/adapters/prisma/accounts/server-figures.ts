import { unreadableReasons } from "../../../../shared/wire/unreadable-reasons.ts";
import type { StoredFigures } from "../../../admin/public.ts";
import { rows, type SqlClient } from "../sql.ts";

const dayMs = 86_400_000;
const chartDays = 14;
/** How many of the newest events the chart looks at: its cost does not grow with the history. */
const chartEvents = 200_000;

type Counted = Omit<StoredFigures, "messagesByDay" | "unreadable">;

/** Counts what there is on the whole server. */
export const readFigures = async (client: SqlClient, now: number): Promise<StoredFigures> => {
	const [[row], messagesByDay, unreadable] = await Promise.all([
		rows<Counted>(client, {
			name: "admin_figures",
			text: `SELECT
				(SELECT count(*) FROM users) AS "people",
				(SELECT count(*) FROM users WHERE disabled_at IS NOT NULL) AS "disabledPeople",
				(SELECT count(DISTINCT user_id) FROM sessions WHERE last_used_at > $1) AS "activePeople",
				(SELECT count(*) FROM sessions s JOIN users u ON u.id = s.user_id
					WHERE s.revoked_at IS NULL AND u.disabled_at IS NULL) AS "sessions",
				(SELECT count(*) FROM rooms WHERE replacement_room_id IS NULL) AS "rooms",
				(SELECT coalesce(sum(message_count), 0)::int8 FROM rooms) AS "messages",
				pg_database_size(current_database()) AS "databaseBytes",
				current_setting('server_version') AS "postgresVersion"`,
			values: [new Date(now - 7 * dayMs)],
		}),
		countByDay(client, now),
		countUnreadable(client, now),
	]);
	if (row === undefined) throw new Error("an aggregate answered no row");
	return { ...row, messagesByDay, unreadable };
};

/** A reason that is not known any more is left out. */
const countUnreadable = (client: SqlClient, now: number): Promise<StoredFigures["unreadable"]> =>
	rows(client, {
		name: "admin_unreadable",
		text: `SELECT reason, sum(count)::int8 AS count FROM unreadable_counts
			WHERE day > $1::date - ${chartDays} AND reason = ANY($2::text[]) GROUP BY reason ORDER BY 2 DESC, 1`,
		values: [new Date(now).toISOString().slice(0, 10), unreadableReasons],
	});

/** Messages of each of the last days in UTC. A day that begins before the oldest event looked at is left out. */
const countByDay = async (client: SqlClient, now: number): Promise<StoredFigures["messagesByDay"]> => {
	const first = Math.floor(now / dayMs) - (chartDays - 1);
	const found = await rows<{ day: number; count: number }>(client, {
		name: "admin_messages_by_day",
		text: `WITH newest AS (SELECT max(nid) AS nid FROM events),
			looked AS (
				SELECT e.type, e.origin_server_ts FROM events e, newest
				WHERE e.nid > newest.nid - $3::int8 AND e.origin_server_ts >= $2::int8
					AND NOT EXISTS (SELECT FROM event_relations x WHERE x.event_nid = e.nid AND x.kind = 'edit')
			),
			reach AS (
				SELECT e.origin_server_ts AS ts FROM events e, newest WHERE e.nid <= newest.nid - $3::int8 ORDER BY e.nid DESC LIMIT 1
			)
			SELECT d.day, count(l.type) AS count
			FROM generate_series($1::int8, $1::int8 + ${chartDays - 1}) AS d(day)
				LEFT JOIN looked l ON l.type IN ('m.room.message', 'm.room.encrypted') AND l.origin_server_ts / ${dayMs} = d.day
			WHERE NOT EXISTS (SELECT FROM reach WHERE reach.ts >= d.day * ${dayMs})
			GROUP BY d.day ORDER BY d.day`,
		values: [first, first * dayMs, chartEvents],
	});
	return found.map(({ day, count }) => ({ day: new Date(day * dayMs).toISOString().slice(0, 10), count }));
};

/** Accounts at the end of each of the last days in UTC, today's as they are now. */
export const countPeopleByDay = async (
	client: SqlClient,
	now: number,
): Promise<readonly { readonly day: string; readonly count: number }[]> => {
	const today = Math.floor(now / dayMs);
	const found = await rows<{ day: number; count: number }>(client, {
		name: "admin_people_by_day",
		text: `SELECT d.day, (SELECT count(*) FROM users u WHERE u.created_at < to_timestamp((d.day + 1) * ${dayMs / 1000})) AS count
			FROM generate_series($1::int8, $2::int8) AS d(day) ORDER BY d.day`,
		values: [today - (chartDays - 1), today],
	});
	return found.map(({ day, count }) => ({ day: new Date(day * dayMs).toISOString().slice(0, 10), count }));
};
