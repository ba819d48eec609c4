import { readFile } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { readRunningDatabase } from "../../src/server/cli/running-database.ts";

/** Opens a running server's own database beside it. */
export async function openServerDatabase(dataFolder: string): Promise<pg.Client & AsyncDisposable> {
	const running = await readRunningDatabase(dataFolder);
	if (running === undefined) throw new Error(`no server runs on ${dataFolder}`);
	const client = new pg.Client({ connectionString: running.connectionString });
	// A killed PostgreSQL breaks the connection; the next query says so.
	client.on("error", () => undefined);
	await client.connect();
	return Object.assign(client, { [Symbol.asyncDispose]: () => client.end() });
}

/** The process id of the PostgreSQL of a data directory, from the file that PostgreSQL itself writes. */
export async function postgresPid(dataFolder: string): Promise<number> {
	const text = await readFile(join(dataFolder, "postgres", "postmaster.pid"), "utf8");
	return Number(text.split("\n", 1)[0]);
}

/** The tables of a server that hold a text anywhere. */
export async function tablesWith(database: pg.Client, words: string): Promise<readonly string[]> {
	const { rows } = await database.query<{ name: string }>(
		"SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'",
	);
	const found: string[] = [];
	for (const { name } of rows) {
		const { rows: hits } = await database.query(`SELECT 1 FROM "${name}" AS t WHERE t::text LIKE $1 LIMIT 1`, [
			`%${words}%`,
		]);
		if (hits.length > 0) found.push(name);
	}
	return found;
}
