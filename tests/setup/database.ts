import pg from "pg";
import type { TestProject } from "vitest/node";
import { startTestPostgres } from "./test-postgres.ts";

declare module "vitest" {
	interface ProvidedContext {
		/** Of the migrated database that test databases are copied from. */
		readonly templateConnectionString: string;
	}
}

/** Starts one PostgreSQL for all tests of the run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
	const postgres = await startTestPostgres();
	await letGoOfTheDisk(postgres.connectionString);
	project.provide("templateConnectionString", postgres.connectionString);
	return postgres.stop;
}

/** Whatever looks at what outlives a power cut has a PostgreSQL of its own; here each database copied would wait for the disk. */
async function letGoOfTheDisk(connectionString: string): Promise<void> {
	const client = new pg.Client({ connectionString });
	await client.connect();
	try {
		await client.query("ALTER SYSTEM SET fsync = off");
		await client.query("ALTER SYSTEM SET full_page_writes = off");
		await client.query("SELECT pg_reload_conf()");
	} finally {
		await client.end();
	}
}
