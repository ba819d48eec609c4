import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { type Environment, environment } from "../../env.ts";
import { createArgon2PasswordHasher } from "../adapters/argon2/argon2-password-hasher.ts";
import { createDataFiles } from "../adapters/backup-files/data-files.ts";
import { createNewArchiveFile } from "../adapters/backup-files/new-archive-file.ts";
import { createRestoreTarget } from "../adapters/backup-files/restore-target.ts";
import { createStoredArchiveFile } from "../adapters/backup-files/stored-archive-file.ts";
import { startEmbeddedPostgres } from "../adapters/postgres-embedded/start-embedded-postgres.ts";
import { createAccountStore } from "../adapters/prisma/accounts/account-store.ts";
import { createNotifyControlChannel } from "../adapters/prisma/accounts/control-channel.ts";
import { readServerNames, readServerStatistics } from "../adapters/prisma/accounts/server-statistics.ts";
import { hasCurrentMigrations } from "../adapters/prisma/apply-migrations.ts";
import { createSnapshotSource } from "../adapters/prisma/backup/snapshot-source.ts";
import { type Database, type DatabaseOptions, openDatabase } from "../adapters/prisma/open-database.ts";
import { openReachableDatabase, prepareDatabase } from "../adapters/prisma/prepare-database.ts";
import { keepServerName } from "../adapters/secrets/keep-server-name.ts";
import { openSecrets } from "../adapters/secrets/open-secrets.ts";
import { rotateSigningKey } from "../adapters/secrets/rotate-signing-key.ts";
import { createBackup, restoreBackup } from "../backup/public.ts";
import { openDataFolder } from "../process/data-folder.ts";
import { lockDataFolder } from "../process/data-lock.ts";
import { noteBackup } from "../process/last-backup.ts";
import { createLogger } from "../process/logger.ts";
import { projectRoot } from "../process/project-root.ts";
import { StartupError } from "../process/startup-error.ts";
import { createOperatorContext } from "./operator-context.ts";
import { readInputLine } from "./read-input-line.ts";
import { readPassphrase } from "./read-passphrase.ts";
import { type CommandGround, runCommand } from "./run-command.ts";
import { readRunningDatabase } from "./running-database.ts";

const print = (line: string): void => void process.stdout.write(`${line}\n`);
const printError = (line: string): void => void process.stderr.write(`${line}\n`);

const log = createLogger({ logLevel: "warn" });
const poolSize = 2;
const migrations = join(projectRoot(), "prisma", "migrations");

const settingsOrRefuse = (): Environment => {
	const reading = environment();
	if (reading.kind === "refused") throw new StartupError("configuration", reading.lines.join("\n"));
	return reading.environment;
};

const withOperator: CommandGround["withOperator"] = async (work) => {
	const settings = settingsOrRefuse();
	await withDatabase(settings, thisVersion, async (database) => {
		const [known] = await readServerNames(database.pool);
		const context = createOperatorContext({
			store: createAccountStore(database),
			passwords: createArgon2PasswordHasher(),
			control: createNotifyControlChannel(database.pool),
			statistics: () => readServerStatistics(database.pool),
			serverName: known ?? (await keepServerName(settings)),
			readInputLine: () => readInputLine(process.stdin),
			randomBytes,
			log,
			print,
		});
		await work(context);
	});
};

const withAnyDatabase: CommandGround["withAnyDatabase"] = async (work) => {
	const settings = settingsOrRefuse();
	const files = createDataFiles(settings.dataFolder);
	// Where no server has been there is nothing to back up, and nothing is to be made for it.
	await files.readIdentity();
	await withDatabase(settings, anyVersion, (database) =>
		work({
			print,
			readPassphrase: passphraseReader(settings),
			backup: async (file, passphrase) => {
				const parts = {
					database: createSnapshotSource(database.pool),
					files,
					archive: createNewArchiveFile(file),
					clock: Date,
					randomBytes,
				};
				await createBackup(parts, passphrase);
				// The backup is whole, whether or not it can be noted.
				await noteBackup(settings.dataFolder, file).catch(() => undefined);
			},
		}),
	);
};

const withoutDatabase: CommandGround["withoutDatabase"] = async (work) => {
	const settings = settingsOrRefuse();
	const { dataFolder, databaseUrl } = settings;
	const target = createRestoreTarget({ dataFolder, databaseUrl, migrations, log });
	await work({
		print,
		readPassphrase: passphraseReader(settings),
		restore: (file, readPassphrase) =>
			restoreBackup({ archive: createStoredArchiveFile(file), target, readPassphrase }),
	});
};

/** The lock keeps a server from starting; one that shares a database with others takes none, which nobody can see here. */
const withStoppedServer: CommandGround["withStoppedServer"] = async (work) => {
	const dataFolder = await openDataFolder(settingsOrRefuse().dataFolder);
	const lock = await lockDataFolder(dataFolder);
	try {
		// Where no server has been there is no key to change, and none is to be made for it.
		await createDataFiles(dataFolder).readIdentity();
		await work({ print, rotateSigningKey: () => rotateSigningKey(dataFolder, Date.now()) });
	} finally {
		await lock.release();
	}
};

const passphraseReader =
	({ backupPassphrase }: Environment) =>
	async (purpose: "new" | "known"): Promise<string> =>
		backupPassphrase ?? (await readPassphrase({ input: process.stdin, output: process.stderr }, purpose));

/** What a command asks of the tables. */
interface VersionNeed {
	/** Opens the database of a server that does not run. */
	open(options: DatabaseOptions & { readonly migrations: string }): Promise<Database>;
	/** Refuses that of one that runs. */
	check(database: Database): Promise<void>;
}

const withDatabase = async (
	settings: Environment,
	need: VersionNeed,
	work: (database: Database) => Promise<void>,
): Promise<void> => {
	const running = settings.databaseUrl ?? (await readRunningDatabase(settings.dataFolder))?.connectionString;
	const database = running === undefined ? undefined : await tryOpen(running);
	if (database !== undefined) {
		await closing(database, async () => {
			await need.check(database);
			await work(database);
		});
	} else if (settings.databaseUrl !== undefined) {
		throw new StartupError("database-unreachable", "the database that DATABASE_URL names does not answer");
	} else {
		await withOwnDatabase(await openDataFolder(settings.dataFolder), need, work);
	}
};

const tryOpen = (connectionString: string): Promise<Database | undefined> =>
	openDatabase({ connectionString, poolSize, log }).catch(() => undefined);

/** Tables are changed by the server when it starts, never under one that runs. */
const refuseOtherVersion = async (database: Database): Promise<void> => {
	if (!(await hasCurrentMigrations(database.pool, migrations))) {
		throw new StartupError(
			"database-differs",
			"the database is not of this version: start the server once, then try again",
		);
	}
};

/** A command that changes accounts knows the tables of this version alone. */
const thisVersion: VersionNeed = { open: prepareDatabase, check: refuseOtherVersion };

/** A backup takes the tables as they are: whoever upgrades wants one of before. */
const anyVersion: VersionNeed = { open: openReachableDatabase, check: async () => undefined };

/** Nothing runs on the data directory: this command starts its PostgreSQL, for as long as it needs it. */
const withOwnDatabase = async (
	dataFolder: string,
	need: VersionNeed,
	work: (database: Database) => Promise<void>,
): Promise<void> => {
	const lock = await lockDataFolder(dataFolder);
	try {
		printError(`no server runs on ${dataFolder}: starting its database for this command`);
		const { databasePassword } = await openSecrets(dataFolder);
		const postgres = await startEmbeddedPostgres({
			folder: join(dataFolder, "postgres"),
			logFile: join(dataFolder, "postgres.log"),
			password: databasePassword,
			log,
		});
		try {
			const { connectionString } = postgres;
			const database = await need.open({ connectionString, poolSize, log, migrations });
			await closing(database, () => work(database));
		} finally {
			await postgres.stop();
		}
	} finally {
		await lock.release();
	}
};

const closing = async (database: Database, work: () => Promise<void>): Promise<void> => {
	try {
		await work();
	} finally {
		await database.close();
	}
};

process.exitCode = await runCommand(
	process.argv.slice(2),
	{ print, printError },
	{
		withOperator,
		withAnyDatabase,
		withStoppedServer,
		withoutDatabase,
	},
);
