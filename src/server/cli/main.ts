import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { type Environment, environment } from "../../env.ts";
import { createArgon2PasswordHasher } from "../adapters/argon2/argon2-password-hasher.ts";
import { startEmbeddedPostgres } from "../adapters/postgres-embedded/start-embedded-postgres.ts";
import { createAccountStore } from "../adapters/prisma/accounts/account-store.ts";
import { createNotifyControlChannel } from "../adapters/prisma/accounts/control-channel.ts";
import { readServerNames, readServerStatistics } from "../adapters/prisma/accounts/server-statistics.ts";
import { hasCurrentMigrations } from "../adapters/prisma/apply-migrations.ts";
import { type Database, openDatabase } from "../adapters/prisma/open-database.ts";
import { prepareDatabase } from "../adapters/prisma/prepare-database.ts";
import { keepServerName } from "../adapters/secrets/keep-server-name.ts";
import { openSecrets } from "../adapters/secrets/open-secrets.ts";
import { openDataFolder } from "../process/data-folder.ts";
import { lockDataFolder } from "../process/data-lock.ts";
import { createLogger } from "../process/logger.ts";
import { projectRoot } from "../process/project-root.ts";
import { StartupError } from "../process/startup-error.ts";
import type { OperatorContext } from "./command.ts";
import { createOperatorContext } from "./operator-context.ts";
import { readInputLine } from "./read-input-line.ts";
import { runCommand } from "./run-command.ts";
import { readRunningDatabase } from "./running-database.ts";

const print = (line: string): void => void process.stdout.write(`${line}\n`);
const printError = (line: string): void => void process.stderr.write(`${line}\n`);

const log = createLogger({ logLevel: "warn" });
const poolSize = 2;
const migrations = join(projectRoot(), "prisma", "migrations");

const withOperator = async (work: (context: OperatorContext) => Promise<void>): Promise<void> => {
	const reading = environment();
	if (reading.kind === "refused") {
		throw new StartupError("configuration", reading.lines.join("\n"));
	}
	await withDatabase(reading.environment, async (database) => {
		const [known] = await readServerNames(database.pool);
		const context = createOperatorContext({
			store: createAccountStore(database.pool),
			passwords: createArgon2PasswordHasher(),
			control: createNotifyControlChannel(database.pool),
			statistics: () => readServerStatistics(database.pool),
			serverName: known ?? (await keepServerName(reading.environment)),
			readInputLine: () => readInputLine(process.stdin),
			randomBytes,
			log,
			print,
		});
		await work(context);
	});
};

const withDatabase = async (settings: Environment, work: (database: Database) => Promise<void>): Promise<void> => {
	const running = settings.databaseUrl ?? (await readRunningDatabase(settings.dataFolder))?.connectionString;
	const database = running === undefined ? undefined : await tryOpen(running);
	if (database !== undefined) {
		await closing(database, async () => {
			await refuseOtherVersion(database);
			await work(database);
		});
	} else if (settings.databaseUrl !== undefined) {
		throw new StartupError("database-unreachable", "the database that DATABASE_URL names does not answer");
	} else {
		await withOwnDatabase(await openDataFolder(settings.dataFolder), work);
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

/** Nothing runs on the data directory: this command starts its PostgreSQL, for as long as it needs it. */
const withOwnDatabase = async (dataFolder: string, work: (database: Database) => Promise<void>): Promise<void> => {
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
			const database = await prepareDatabase({ connectionString, poolSize, log, migrations });
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

process.exitCode = await runCommand(process.argv.slice(2), { print, printError }, withOperator);
