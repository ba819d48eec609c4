import type pg from "pg";
import type { RoomId, UserId } from "../../../../../federation/identifiers/identifier-types.ts";
import type { SafetyStore } from "../../../safety/public.ts";
import { withDatabaseErrors } from "../database-error.ts";
import { rows, run, type SqlStatement } from "../sql.ts";
import { storableKey } from "../storable-key.ts";

/** Whom people block and what they report, on PostgreSQL. */
export const createSafetyStore = (pool: pg.Pool): SafetyStore => {
	const read = <T>(statement: SqlStatement): Promise<T[]> => withDatabaseErrors(rows<T>(pool, statement));
	const write = (statement: SqlStatement): Promise<void> => withDatabaseErrors(run(pool, statement));
	return {
		block: async ({ userId, blockedId, at }, most) => {
			const values = [userId, storableKey(blockedId), new Date(at), most];
			return (await read({ name: "block-person", text: block, values })).length === 1;
		},
		unblock: (userId, blockedId) =>
			write({
				name: "unblock-person",
				text: "DELETE FROM blocked_people WHERE user_id = $1 AND blocked_id = $2",
				values: [userId, storableKey(blockedId)],
			}),
		blockedBy: async (userId) => {
			const text =
				"SELECT blocked_id, created_at FROM blocked_people WHERE user_id = $1 ORDER BY created_at DESC, blocked_id";
			const found = await read<{ blocked_id: UserId; created_at: Date }>({
				name: "blocked-by-person",
				text,
				values: [userId],
			});
			return found.map((row) => ({ userId: row.blocked_id, since: row.created_at.getTime() }));
		},
		invitationsFrom: async (senderId, userId) => {
			const found = await read<{ id: RoomId }>({
				name: "invitations-from-person",
				text: `SELECT r.id FROM memberships m JOIN rooms r ON r.nid = m.room_nid
					WHERE m.user_id = $1 AND m.membership = 'invite' AND m.sender = $2`,
				values: [userId, storableKey(senderId)],
			});
			return found.map((row) => row.id);
		},
		report: async ({ reporterId, subjectId, roomId, words, at }, mostWaiting) => {
			const values = [reporterId, storableKey(subjectId), roomId ?? "", words, new Date(at), mostWaiting];
			return (await read({ name: "report-person", text: report, values })).length === 1;
		},
		reports: async (limit) => {
			const found = await read<ReportRow>({ name: "list-reports", text: reports, values: [limit] });
			return found.map((row) => ({
				id: String(row.id),
				reporterId: row.reporter_id,
				reporterName: row.reporter_name ?? row.reporter_id,
				subjectId: row.subject_id,
				roomId: row.room_id === "" ? undefined : row.room_id,
				roomName: row.room_name ?? undefined,
				words: row.words,
				createdAt: row.created_at.getTime(),
				settledAt: row.settled_at?.getTime(),
			}));
		},
		settle: (id, at) =>
			write({
				name: "settle-report",
				text: "UPDATE reports SET settled_at = coalesce(settled_at, $2) WHERE id = $1::int8",
				values: [id, new Date(at)],
			}),
	};
};

const block = `
INSERT INTO blocked_people (user_id, blocked_id, created_at) SELECT $1, $2, $3
WHERE (SELECT count(*) FROM blocked_people WHERE user_id = $1 AND blocked_id <> $2) < $4::int
ON CONFLICT (user_id, blocked_id) DO UPDATE SET created_at = blocked_people.created_at RETURNING 1`;

/** The room's name is put down with it: of an invitation that is declined nothing is left. */
const report = `
INSERT INTO reports (reporter_id, subject_id, room_id, room_name, words, created_at)
SELECT $1, $2, $3, (SELECT r.name FROM rooms r JOIN memberships m ON m.room_nid = r.nid AND m.user_id = $1 WHERE r.id = $3), $4, $5
WHERE (SELECT count(*) FROM reports WHERE reporter_id = $1 AND settled_at IS NULL
	AND (subject_id, room_id) <> ($2, $3)) < $6::int
ON CONFLICT (reporter_id, subject_id, room_id) DO UPDATE SET words = excluded.words, created_at = excluded.created_at,
	room_name = coalesce(excluded.room_name, reports.room_name), settled_at = NULL
RETURNING 1`;

const reports = `
SELECT p.id, p.reporter_id, u.display_name AS reporter_name, p.subject_id, p.room_id, p.room_name, p.words, p.created_at,
	p.settled_at
FROM reports p LEFT JOIN users u ON u.id = p.reporter_id
ORDER BY p.settled_at IS NOT NULL, p.created_at DESC, p.id DESC LIMIT $1::int`;

interface ReportRow {
	id: number;
	reporter_id: UserId;
	reporter_name: string | null;
	subject_id: UserId;
	room_id: RoomId | "";
	room_name: string | null;
	words: string;
	created_at: Date;
	settled_at: Date | null;
}
