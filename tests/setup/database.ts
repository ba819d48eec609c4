import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { startEmbeddedPostgres } from "../../src/server/adapters/postgres-embedded/start-embedded-postgres.ts";
import { applyMigrations } from "../../src/server/adapters/prisma/apply-migrations.ts";
import { openDatabase } from "../../src/server/adapters/prisma/open-database.ts";
import { silentLog } from "./silent-log.ts";

declare module "vitest" {
	interface ProvidedContext {
		/** Of the migrated database that test databases are copied from. */
		readonly templateConnectionString: string;
	}
}

/** Starts one PostgreSQL, with the settings that Kith ships, for all tests of the run; KITH_TEST_POSTGRES=15 chooses the major. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
	const folder = await realpath(await mkdtemp(join(tmpdir(), "kith-test-")));
	const major = process.env["KITH_TEST_POSTGRES"];
	const postgres = await startEmbeddedPostgres({
		folder: join(folder, "postgres"),
		logFile: join(folder, "postgres.log"),
		password: "test",
		log: silentLog,
		...(major === undefined ? {} : { binaries: { packageName: `embedded-postgres-${major}`, major: Number(major) } }),
	});
	const stop = async (): Promise<void> => {
		await postgres.stop();
		await rm(folder, { recursive: true, force: true });
	};
	try {
		const database = await openDatabase({ connectionString: postgres.connectionString, poolSize: 1, log: silentLog });
		await applyMigrations(database.pool, { folder: "prisma/migrations", log: silentLog });
		// A database can be copied only while nobody is connected to it.
		await database.close();
	} catch (error) {
		await stop();
		throw error;
	}
	project.provide("templateConnectionString", postgres.connectionString);
	return stop;
}
