import type pg from "pg";
import type { UnreadableCounts } from "../../messages/public.ts";
import { withDatabaseErrors } from "./database-error.ts";
import { run } from "./sql.ts";

/** Older ones say nothing of how things are. */
const heldDays = 90;

/** Counts of messages that could not be read, on PostgreSQL. */
export const createUnreadableCounts = (pool: pg.Pool): UnreadableCounts => ({
	add: (tallies, at) =>
		withDatabaseErrors(
			run(pool, {
				name: "count-unreadable",
				text: `WITH old AS (DELETE FROM unreadable_counts WHERE day < $1::date - ${heldDays})
					INSERT INTO unreadable_counts AS u (day, reason, count)
					SELECT $1::date, r.reason, r.count FROM unnest($2::text[], $3::int8[]) AS r(reason, count) ORDER BY r.reason
					ON CONFLICT (day, reason) DO UPDATE SET count = u.count + excluded.count`,
				values: [
					new Date(at).toISOString().slice(0, 10),
					tallies.map(({ reason }) => reason),
					tallies.map(({ count }) => count),
				],
			}),
		),
});
