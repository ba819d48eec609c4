import { randomBytes } from "node:crypto";
import pg from "pg";
import { type Database, openDatabase } from "../../../src/server/adapters/prisma/open-database.ts";
import { silentLog } from "../../setup/silent-log.ts";
import { pause } from "./simulated-time.ts";

/** The database of a simulated server. */
export interface SoakDatabase {
	/** Reads beside the server. */
	readonly pool: pg.Pool;
	/** A pool of connections for one process. */
	open(): Promise<OpenedDatabase>;
	rows<Row>(text: string, values?: readonly unknown[]): Promise<Row[]>;
	/** Forgets everything, for the next simulation. */
	empty(): Promise<void>;
	drop(): Promise<void>;
}

export interface OpenedDatabase {
	readonly database: Database;
	/** Breaks every connection and lets none be made any more: what was not committed is gone. */
	cutOff(): Promise<void>;
}

const poolSize = 6;

/**
 * A copy of the migrated database. What ends in the middle are servers, and not PostgreSQL, so that commits need not wait
 * for the disk.
 */
export const createSoakDatabase = async (template: string): Promise<SoakDatabase> => {
	const name = `soak_${randomBytes(8).toString("hex")}`;
	const at = (database: string): string => Object.assign(new URL(template), { pathname: `/${database}` }).href;
	await administer(at("postgres"), [
		`CREATE DATABASE ${name} TEMPLATE ${new URL(template).pathname.slice(1)} STRATEGY file_copy`,
		`ALTER DATABASE ${name} SET synchronous_commit = off`,
	]);
	const own = await openDatabase({ connectionString: at(name), poolSize: 1, log: silentLog });
	const tables = await own.pool.query<{ name: string }>(
		`SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename NOT IN ('_prisma_migrations', 'stream_head')`,
	);
	const emptying = tables.rows.map((table) => `DELETE FROM "${table.name}"`).join("; ");
	return {
		pool: own.pool,
		open: () => open(at(name), own.pool),
		rows: async (text, values = []) => (await own.pool.query(text, [...values])).rows,
		empty: async () => {
			await own.pool.query(emptying);
		},
		drop: async () => {
			await own.close();
			await administer(at("postgres"), [`DROP DATABASE ${name} WITH (FORCE)`]);
		},
	};
};

const open = async (connectionString: string, beside: pg.Pool): Promise<OpenedDatabase> => {
	const database = await openDatabase({ connectionString, poolSize, log: silentLog });
	const end = database.pool.end.bind(database.pool);
	return {
		database,
		cutOff: async () => {
			const gone = (): Promise<never> =>
				Promise.reject(Object.assign(new Error("the process has ended"), { code: "ECONNREFUSED" }));
			Object.assign(database.pool, { connect: gone, query: gone });
			while ((await beside.query(terminateOthers)).rows[0]?.count > 0) await pause(1);
			void end().catch(() => undefined);
		},
	};
};

/** How many others were connected; they are not from now on. */
const terminateOthers = `SELECT count(pg_terminate_backend(pid))::int AS count FROM pg_stat_activity
	WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'`;

const administer = async (connectionString: string, statements: readonly string[]): Promise<void> => {
	const client = new pg.Client({ connectionString });
	await client.connect();
	try {
		for (const statement of statements) await client.query(statement);
	} finally {
		await client.end();
	}
};
