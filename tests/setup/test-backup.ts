import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inject } from "vitest";
import { createDataFiles } from "../../src/server/adapters/backup-files/data-files.ts";
import { createNewArchiveFile } from "../../src/server/adapters/backup-files/new-archive-file.ts";
import { createRestoreTarget } from "../../src/server/adapters/backup-files/restore-target.ts";
import { createStoredArchiveFile } from "../../src/server/adapters/backup-files/stored-archive-file.ts";
import { createSnapshotSource } from "../../src/server/adapters/prisma/backup/snapshot-source.ts";
import type { Database } from "../../src/server/adapters/prisma/open-database.ts";
import { openSecrets } from "../../src/server/adapters/secrets/open-secrets.ts";
import type { SnapshotSource } from "../../src/server/backup/ports.ts";
import { type ArchiveSummary, createBackup, restoreBackup } from "../../src/server/backup/public.ts";
import { silentLog } from "./silent-log.ts";
import { createTestDatabase, type TestDatabase } from "./test-database.ts";

export const testPassphrase = "several words nobody knows";

export interface BackupPlace extends AsyncDisposable {
	/** Of the server that is backed up; has its secrets. */
	readonly dataFolder: string;
	readonly file: string;
	/** A folder that is not there yet. */
	newFolder(): string;
	backUp(database: Database, options?: BackupOptions): Promise<void>;
	restore(target: RestoreTargetOptions): Promise<ArchiveSummary>;
}

export interface BackupOptions {
	readonly passphrase?: string;
	/** Comes before each table is read. */
	readonly beforeTable?: () => Promise<void>;
}

export interface RestoreTargetOptions {
	readonly dataFolder: string;
	readonly databaseUrl: string;
	readonly passphrase?: string;
	readonly migrations?: string;
}

/** A data directory beside a test database, and a place for archives; every driver is the real one, only scrypt is cheap. */
export async function createBackupPlace(): Promise<BackupPlace> {
	const root = await realpath(await mkdtemp(join(tmpdir(), "kith-backup-")));
	const dataFolder = join(root, "data");
	await mkdir(dataFolder);
	await openSecrets(dataFolder);
	await writeFile(join(dataFolder, "server-name"), "kith.example\n");
	const file = join(root, "backup.kith");
	let folders = 0;
	return {
		dataFolder,
		file,
		newFolder: () => {
			folders += 1;
			return join(root, `restored-${folders}`);
		},
		backUp: (database, { passphrase = testPassphrase, beforeTable = async () => undefined } = {}) =>
			createBackup(
				{
					database: pausing(createSnapshotSource(database.pool), beforeTable),
					files: createDataFiles(dataFolder),
					archive: createNewArchiveFile(file),
					clock: Date,
					randomBytes,
					keyCost: { log2N: 4, r: 8, p: 1 },
				},
				passphrase,
			),
		restore: ({ passphrase = testPassphrase, migrations = "prisma/migrations", ...place }) =>
			restoreBackup({
				archive: createStoredArchiveFile(file),
				target: createRestoreTarget({ ...place, migrations, log: silentLog }),
				readPassphrase: async () => passphrase,
			}),
		[Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }),
	};
}

/** As a slow disk does it, but at known moments. */
const pausing = (source: SnapshotSource, beforeTable: () => Promise<void>): SnapshotSource => ({
	withSnapshot: (work) =>
		source.withSnapshot((snapshot) =>
			work({
				...snapshot,
				async *readRows(table) {
					await beforeTable();
					yield* snapshot.readRows(table);
				},
			}),
		),
});

/** A database without any table, as somebody who restores into DATABASE_URL makes it: of a PostgreSQL that loses nothing. */
export async function createEmptyDatabase(): Promise<TestDatabase> {
	const test = await createTestDatabase(inject("shippedConnectionString"));
	await test.database.pool.query("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
	return test;
}
