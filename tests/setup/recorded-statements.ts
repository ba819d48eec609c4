import type pg from "pg";

export interface RecordedStatement {
	readonly name: string;
	readonly text: string;
	readonly values: unknown[];
}

/** The pool, with every statement that goes through it written down by its name. */
export const recordingPool = (pool: pg.Pool, statements: Map<string, RecordedStatement>): pg.Pool =>
	new Proxy(pool, {
		get: (target, key) => {
			if (key !== "query") return Reflect.get(target, key);
			return (statement: RecordedStatement) => {
				statements.set(statement.name, statement);
				return target.query(statement);
			};
		},
	});

/** How the database would run each statement: as planned for its values and, where it tells, for any. */
export const plansOf = async (pool: pg.Pool, statements: Iterable<RecordedStatement>): Promise<readonly string[]> => {
	const { rows: version } = await pool.query("SHOW server_version_num");
	const isGenericTold = Number(version[0].server_version_num) >= 160_000;
	const plans: string[] = [];
	for (const { name, text, values } of statements) {
		const results = [await pool.query(`EXPLAIN ${text}`, values)];
		if (isGenericTold) results.push(await pool.query(`EXPLAIN (GENERIC_PLAN) ${text}`));
		for (const { rows } of results) plans.push(`${name}\n${rows.map((row) => row["QUERY PLAN"]).join("\n")}`);
	}
	return plans;
};
