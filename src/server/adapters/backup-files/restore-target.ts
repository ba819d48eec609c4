import { join } from "node:path";
import type { Log } from "../../../shared/log.ts";
import type { Manifest } from "../../backup/archive/archive-content.ts";
import type { RestoreSink, RestoreTarget } from "../../backup/ports.ts";
import { openDataFolder } from "../../process/data-folder.ts";
import { lockDataFolder } from "../../process/data-lock.ts";
import {
	markUnfinishedRestore,
	refuseUnfinishedRestore,
	unmarkFinishedRestore,
} from "../../process/unfinished-restore.ts";
import { startEmbeddedPostgres } from "../postgres-embedded/start-embedded-postgres.ts";
import { applyMigrations } from "../prisma/apply-migrations.ts";
import { loadDatabase, refuseUsedDatabase } from "../prisma/backup/load-database.ts";
import { checkServer } from "../prisma/check-server.ts";
import { openReachableDatabase } from "../prisma/prepare-database.ts";
import { readMigrations } from "../prisma/read-migrations.ts";
import { openSecrets } from "../secrets/open-secrets.ts";
import { emptyFolder, refuseUsedFolder, storeIdentity, storeMediaFile } from "./fill-data-folder.ts";

export interface RestorePlace {
	readonly dataFolder: string;
	/** Absent: the PostgreSQL inside Kith, in the data directory. */
	readonly databaseUrl?: string | undefined;
	/** This version's folder of migrations. */
	readonly migrations: string;
	readonly log: Log;
}

type Pool = Awaited<ReturnType<typeof openReachableDatabase>>["pool"];

const poolSize = 2;

/** A data directory and a database that a server can be restored into; nothing may run on either. */
export const createRestoreTarget = (place: RestorePlace): RestoreTarget => ({
	refuseUnlessEmpty: async () => {
		await refuseUnfinishedRestore(place.dataFolder);
		await refuseUsedFolder(place.dataFolder);
		const { databaseUrl } = place;
		if (databaseUrl === undefined) return;
		await withPool(place, databaseUrl, async (pool) => {
			await checkServer(pool);
			await refuseUsedDatabase(pool);
		});
	},
	knownMigrations: async () =>
		(await readMigrations(place.migrations)).map(({ name, checksum }) => ({ name, checksum })),
	restore: async (manifest, fill) => {
		const dataFolder = await openDataFolder(place.dataFolder);
		const lock = await lockDataFolder(dataFolder);
		try {
			await refuseUsedFolder(dataFolder);
			await restoreInto({ ...place, dataFolder }, manifest, fill);
		} finally {
			await lock.release();
		}
	},
});

/**
 * The mark stands until the database has committed, so a crash on the way leaves something that no server starts on. The
 * tables are brought up to this version last: what was restored is whole by then.
 */
const restoreInto = async (
	place: RestorePlace,
	manifest: Manifest,
	fill: (sink: RestoreSink) => Promise<void>,
): Promise<void> => {
	const { dataFolder, migrations: folder } = place;
	await markUnfinishedRestore(dataFolder);
	let isRestored = false;
	try {
		await storeIdentity(dataFolder, manifest.identity);
		await withDatabase(place, async (pool) => {
			await loadDatabase(pool, { migrations: manifest.migrations, folder }, (database) =>
				fill({ ...database, storeMedia: (file, content) => storeMediaFile(dataFolder, file, content) }),
			);
			await unmarkFinishedRestore(dataFolder);
			isRestored = true;
			await applyMigrations(pool, { folder, log: place.log });
			// Until the tables are measured, PostgreSQL plans as if they were empty.
			await pool.query("ANALYZE");
		});
	} finally {
		if (!isRestored) await emptyFolder(dataFolder);
	}
};

const withDatabase = async (place: RestorePlace, work: (pool: Pool) => Promise<void>): Promise<void> => {
	if (place.databaseUrl !== undefined) return withPool(place, place.databaseUrl, work);
	const { dataFolder, log } = place;
	const { databasePassword: password } = await openSecrets(dataFolder);
	const folder = join(dataFolder, "postgres");
	const logFile = join(dataFolder, "postgres.log");
	const postgres = await startEmbeddedPostgres({ folder, logFile, password, log });
	try {
		await withPool(place, postgres.connectionString, work);
	} finally {
		await postgres.stop();
	}
};

const withPool = async (
	{ log }: RestorePlace,
	connectionString: string,
	work: (pool: Pool) => Promise<void>,
): Promise<void> => {
	const database = await openReachableDatabase({ connectionString, poolSize, log });
	try {
		await work(database.pool);
	} finally {
		await database.close();
	}
};
