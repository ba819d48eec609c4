import type pg from "pg";
import { databaseError } from "../database-error.ts";

/** Positions are handed out in these transactions: whoever stands still in one holds everybody up. */
const begin = "BEGIN; SET LOCAL idle_in_transaction_session_timeout = 15000";

/** Does the work in one transaction. Rows come first, and the lock on the stream's head last. */
export const inKeyTransaction = async <T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> => {
	const client = await pool.connect().catch((error: unknown) => {
		throw databaseError(error);
	});
	let broken: unknown;
	try {
		await client.query(begin);
		const result = await work(client);
		await client.query("COMMIT");
		return result;
	} catch (error) {
		await client.query("ROLLBACK").catch((failure: unknown) => {
			broken = failure;
		});
		throw databaseError(error);
	} finally {
		client.release(broken instanceof Error ? broken : undefined);
	}
};
