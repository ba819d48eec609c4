import type pg from "pg";

/** Limits that a host may have set; copying a big database takes as long as it takes. Which there are depends on the version. */
const timeouts = ["statement_timeout", "idle_in_transaction_session_timeout", "transaction_timeout", "lock_timeout"];

/**
 * Runs `work` in one transaction that has no time limit and whose values read the same on every server. A connection on
 * which anything failed is closed: it may be in the middle of a copy.
 */
export const inQuietTransaction = async <T>(
	pool: pg.Pool,
	begin: string,
	work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> => {
	const client = await pool.connect();
	let isWhole = false;
	try {
		await client.query(begin);
		await client.query(
			"SET LOCAL DateStyle = 'ISO, YMD'; SET LOCAL IntervalStyle = 'postgres'; SET LOCAL TimeZone = 'UTC'",
		);
		const result = await work(client);
		await client.query("COMMIT");
		isWhole = true;
		return result;
	} finally {
		client.release(!isWhole);
	}
};

/** Takes effect within the transaction. It reads a table, so a snapshot begins with it. */
export const liftTimeouts = async (client: pg.PoolClient): Promise<void> => {
	await client.query("SELECT set_config(name, '0', true) FROM pg_settings WHERE name = ANY($1)", [timeouts]);
};
