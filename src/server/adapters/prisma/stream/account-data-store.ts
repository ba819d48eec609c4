import type pg from "pg";
import type { AccountDataStore, StoredAccountData } from "../../../stream/public.ts";
import { withDatabaseErrors } from "../database-error.ts";
import { rows } from "../sql.ts";

const columns = 'user_id AS "userId", type, content, stream_position AS position';

/** The position is handed out and committed with the row, as those of events are. */
const set = `
WITH allowed AS (
	SELECT WHERE EXISTS (SELECT FROM account_data WHERE user_id = $1 AND type = $2)
		OR (SELECT count(*) FROM account_data WHERE user_id = $1) < $4::int
), advanced AS (
	UPDATE stream_head SET position = position + 1 WHERE id = 1 AND EXISTS (SELECT FROM allowed) RETURNING position
)
INSERT INTO account_data (user_id, type, content, stream_position) SELECT $1, $2, $3, position FROM advanced
ON CONFLICT (user_id, type) DO UPDATE SET content = excluded.content, stream_position = excluded.stream_position
RETURNING stream_position AS position`;

export const createAccountDataStore = (pool: pg.Pool): AccountDataStore => ({
	accountDataOf: (userId) =>
		withDatabaseErrors(
			rows<StoredAccountData>(pool, {
				name: "account-data-of",
				text: `SELECT ${columns} FROM account_data WHERE user_id = $1`,
				values: [userId],
			}),
		),
	findAccountData: async (userId, type) => {
		const [found] = await withDatabaseErrors(
			rows<StoredAccountData>(pool, {
				name: "find-account-data",
				text: `SELECT ${columns} FROM account_data WHERE user_id = $1 AND type = $2`,
				values: [userId, type],
			}),
		);
		return found;
	},
	setAccountData: async ({ userId, type, content }, maxTypes) => {
		const values = [userId, type, content, maxTypes];
		const [row] = await withDatabaseErrors(
			rows<{ position: number }>(pool, { name: "set-account-data", text: set, values }),
		);
		return row?.position;
	},
});
