import type pg from "pg";
import type { PresenceAudience, PresenceCircles } from "../../../federation/public.ts";
import { withDatabaseErrors } from "../database-error.ts";
import { rows, type SqlStatement } from "../sql.ts";
import { smallRoom, tellsNobody } from "../stream/presence-store.ts";

/** Between whom of this server and of others presence is shown, on PostgreSQL. */
export const createPresenceCircles = (pool: pg.Pool): PresenceCircles => {
	const ids = async (statement: SqlStatement): Promise<readonly string[]> =>
		(await withDatabaseErrors(rows<{ userId: string }>(pool, statement))).map(({ userId }) => userId);
	return {
		audiencesOf: async (userIds) => {
			const statement = { name: "presence-audiences", text: audiences, values: [userIds] };
			const found = await withDatabaseErrors(rows<AudienceRow>(pool, statement));
			return found.map(({ seen, ...audience }) => ({ ...audience, seenAt: seen?.getTime() }));
		},
		watchedAmong: (userIds) => ids({ name: "watched-among", text: watched, values: [userIds] }),
		seenBy: (userIds) => ids({ name: "seen-by", text: seenBy, values: [userIds] }),
	};
};

interface AudienceRow extends Pick<PresenceAudience, "userId" | "isHidden" | "destinations"> {
	readonly seen: Date | null;
}

const small = `(r.kind = 'direct' OR r.joined_count <= ${smallRoom})`;

const audiences = `
SELECT u.user_id AS "userId", ${tellsNobody("u.user_id")} AS "isHidden", s.seen_at AS seen,
	coalesce(others.names, '{}') AS destinations
FROM unnest($1::text[]) AS u(user_id) LEFT JOIN last_seen s ON s.user_id = u.user_id CROSS JOIN LATERAL (
	SELECT array_agg(DISTINCT substr(other.user_id, strpos(other.user_id, ':') + 1)) AS names FROM memberships own
	JOIN rooms r ON r.nid = own.room_nid AND ${small}
	JOIN memberships other ON other.room_nid = own.room_nid AND other.membership = 'join' AND NOT other.is_local
	WHERE own.user_id = u.user_id AND own.membership = 'join' AND own.is_local
) others`;

const watched = `
SELECT u.user_id AS "userId" FROM unnest($1::text[]) AS u(user_id) WHERE EXISTS (
	SELECT FROM memberships theirs JOIN rooms r ON r.nid = theirs.room_nid AND ${small}
	JOIN memberships own ON own.room_nid = theirs.room_nid AND own.membership = 'join' AND own.is_local
	WHERE theirs.user_id = u.user_id AND theirs.membership = 'join' AND NOT theirs.is_local
)`;

const seenBy = `
SELECT DISTINCT own.user_id AS "userId" FROM memberships theirs JOIN rooms r ON r.nid = theirs.room_nid AND ${small}
JOIN memberships own ON own.room_nid = theirs.room_nid AND own.membership = 'join' AND own.is_local
WHERE theirs.user_id = ANY($1::text[]) AND theirs.membership = 'join' AND NOT theirs.is_local`;
