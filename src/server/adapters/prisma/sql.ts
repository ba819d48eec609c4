import type pg from "pg";

/** A connection, or the pool where any connection will do. */
export type SqlClient = Pick<pg.PoolClient, "query">;

export interface SqlStatement {
	/** Names the prepared statement: one text under one name. */
	readonly name: string;
	readonly text: string;
	readonly values?: readonly unknown[];
}

/**
 * Runs a statement that each connection parses and plans once. The row type is the caller's word for what the text
 * selects: columns as they are named in the database, `int8` as number, `timestamptz` as Date.
 */
export async function rows<T>(client: SqlClient, statement: SqlStatement): Promise<T[]> {
	const result = await client.query({
		name: statement.name,
		text: statement.text,
		values: [...(statement.values ?? [])],
	});
	return result.rows as T[];
}

/** Runs a statement whose rows nobody reads. */
export async function run(client: SqlClient, statement: SqlStatement): Promise<void> {
	await client.query({ name: statement.name, text: statement.text, values: [...(statement.values ?? [])] });
}
