import type pg from "pg";

/** Runs `work` in one transaction: commits its result, rolls back when it throws. */
export const inTransaction = async <T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> => {
	const client = await pool.connect();
	let broken: Error | undefined;
	try {
		await client.query("BEGIN");
		const result = await work(client);
		await client.query("COMMIT");
		return result;
	} catch (error) {
		await client.query("ROLLBACK").catch((failure: unknown) => {
			broken = failure instanceof Error ? failure : new Error("rollback failed");
		});
		throw error;
	} finally {
		// A connection that could not roll back is closed instead of reused.
		client.release(broken);
	}
};

/** Held until the transaction ends: owners are made one after the other, so that there is one at most. */
export const lockOwnership = async (client: pg.PoolClient): Promise<void> => {
	await client.query("SELECT pg_advisory_xact_lock(hashtext('kith.owner'))");
};
