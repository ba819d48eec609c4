import { rename, stat } from "node:fs/promises";
import { createServer } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import type { Log } from "../../../shared/log.ts";
import { StartupError } from "../../process/startup-error.ts";
import { chooseIdentity } from "./identity.ts";
import { initialiseCluster } from "./initialise-cluster.ts";
import { locateBinaries } from "./locate-binaries.ts";
import { type RunningPostgres, type RunOptions, runPostgres } from "./run-postgres.ts";
import { stopOrphan } from "./stop-orphan.ts";
import { supervise } from "./supervise.ts";

export interface EmbeddedPostgresOptions {
	/** The cluster's folder, absolute and without links; made if it is missing. */
	readonly folder: string;
	readonly logFile: string;
	/** Of the database's user `kith`, chosen when the cluster is made. */
	readonly password: string;
	readonly log: Log;
	/** For tests on an older major: the npm package that brings the programs, and its major. */
	readonly binaries?: { readonly packageName: string; readonly major: number };
	/** For tests: settings in the place of those that ship. */
	readonly settings?: Readonly<Record<string, string>>;
}

export interface EmbeddedPostgres {
	/** Of the database `kith`; stays the same while this object lives, also after PostgreSQL died and was started again. */
	readonly connectionString: string;
	/** Of the process that runs now. */
	pid(): number;
	stop(): Promise<void>;
}

const shippedMajor = 18;
const attempts = 50;
const largestLogBytes = 10 * 1024 * 1024;

/** Starts the PostgreSQL of this data directory and keeps it running. Needs the lock of the data directory. */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
	const { folder, logFile, log } = options;
	const binaries = await locateBinaries(options.binaries?.packageName);
	const identity = chooseIdentity(folder);
	const major = options.binaries?.major ?? shippedMajor;
	await initialiseCluster({ folder, binaries, identity, password: options.password, major });
	await stopOrphan(folder, log);
	await turnLogOver(logFile);
	const run: Omit<RunOptions, "port"> = { folder, binaries, identity, logFile, settings: options.settings ?? {} };
	const { postgres, port } = await startOnFreePort(run);
	const supervised = supervise(postgres, { log, restart: () => runPostgres({ ...run, port }) });
	const connectionString = (database: string) =>
		`postgres://kith:${encodeURIComponent(options.password)}@127.0.0.1:${port}/${database}`;
	try {
		await makeDatabase(connectionString("postgres"));
	} catch (error) {
		await supervised.stop();
		throw error;
	}
	return { connectionString: connectionString("kith"), pid: supervised.pid, stop: supervised.stop };
}

async function startOnFreePort(run: Omit<RunOptions, "port">): Promise<{ postgres: RunningPostgres; port: number }> {
	for (let attempt = 0; attempt < attempts; attempt += 1) {
		const port = await findFreePort();
		const outcome = await runPostgres({ ...run, port });
		if (outcome.kind === "running") return { postgres: outcome.postgres, port };
		if (outcome.kind === "failed") throw outcome.error;
		if (outcome.kind === "remains") await delay(200);
	}
	throw new StartupError("database-unreachable", `PostgreSQL does not start on ${run.folder}: see ${run.logFile}`);
}

function findFreePort(): Promise<number> {
	return new Promise((resolve, reject) => {
		const server = createServer();
		server.once("error", reject);
		server.listen(0, "127.0.0.1", () => {
			const address = server.address();
			server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
		});
	});
}

async function makeDatabase(connectionString: string): Promise<void> {
	const client = new pg.Client({ connectionString });
	try {
		await client.connect();
		const { rowCount } = await client.query("SELECT 1 FROM pg_database WHERE datname = 'kith'");
		if (rowCount === 0) await client.query("CREATE DATABASE kith");
	} catch (error) {
		if (error instanceof pg.DatabaseError && error.code === "28P01") {
			throw new StartupError(
				"data-folder",
				"the database does not know the password in secrets.json: put the file back that belongs to this data directory",
				error,
			);
		}
		throw error;
	} finally {
		await client.end();
	}
}

async function turnLogOver(logFile: string): Promise<void> {
	const size = await stat(logFile).then(
		(found) => found.size,
		() => 0,
	);
	if (size > largestLogBytes) await rename(logFile, `${logFile}.1`);
}
