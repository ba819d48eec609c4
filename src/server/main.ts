import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import { announceOrigin, type Environment, environment as readEnvironment } from "../env.ts";
import { filesPath, mediaPath } from "../shared/media-address.ts";
import { startEmbeddedPostgres } from "./adapters/postgres-embedded/start-embedded-postgres.ts";
import { hasCurrentMigrations } from "./adapters/prisma/apply-migrations.ts";
import type { Database } from "./adapters/prisma/open-database.ts";
import { prepareDatabase } from "./adapters/prisma/prepare-database.ts";
import { keepServerName } from "./adapters/secrets/keep-server-name.ts";
import { openSecrets, type Secrets } from "./adapters/secrets/open-secrets.ts";
import { runningDatabasePath } from "./cli/running-database.ts";
import { buildContainer } from "./container.ts";
import { handleMatrixRequest } from "./matrix/handle-matrix-request.ts";
import { matrixPaths } from "./matrix/matrix-paths.ts";
import { addressOf, announcement } from "./process/announce.ts";
import { openDataFolder } from "./process/data-folder.ts";
import { lockDataFolder } from "./process/data-lock.ts";
import { createRequestListener } from "./process/http/create-request-listener.ts";
import { listen } from "./process/http/listen.ts";
import { createMetrics, serveMetrics } from "./process/http/metrics.ts";
import { askReadiness } from "./process/http/readiness.ts";
import { headersByAddress } from "./process/http/security-headers.ts";
import { openWebServer, type WebServer } from "./process/http/web-server.ts";
import { createLogger, type Logger } from "./process/logger.ts";
import { projectRoot } from "./process/project-root.ts";
import { removeRunFile, writeRunFile } from "./process/run-file.ts";
import { runUntilSignal } from "./process/run-until-signal.ts";
import { spareMemory } from "./process/spare-memory.ts";
import { type NextApp, startNext } from "./process/start-next.ts";
import type { Teardown } from "./process/teardown.ts";
import { attachWebSocket, createRealtime } from "./realtime/attach-web-socket.ts";
import type { Container } from "./running-container.ts";
import { handleTrpcRequest } from "./trpc/http-handler.ts";
import { handleFilesRequest } from "./trpc/media/handle-files-request.ts";
import { handleMediaRequest } from "./trpc/media/handle-media-request.ts";

const poolSize = 20;

interface Process {
	readonly environment: Environment;
	readonly log: Logger;
	readonly teardown: Teardown;
}

await main();

async function main(): Promise<void> {
	spareMemory();
	const reading = readEnvironment();
	if (reading.kind === "refused") {
		for (const line of reading.lines) process.stderr.write(`${line}\n`);
		process.exit(1);
	}
	const { publicOrigin } = reading.environment;
	if (publicOrigin !== undefined) announceOrigin(publicOrigin);
	const log = createLogger(reading.environment);
	await runUntilSignal(log, (teardown) => start({ environment: reading.environment, log, teardown }));
}

async function start({ environment: asked, log, teardown }: Process): Promise<void> {
	const startedAt = performance.now();
	const root = projectRoot();
	const dataFolder = await openDataFolder(asked.dataFolder);
	// With a database of their own, several processes may share the folder: it holds their common name and keys then.
	if (asked.databaseUrl === undefined) {
		const lock = await lockDataFolder(dataFolder);
		teardown.add("lock", () => lock.release());
	}
	const web = await openWebServer(asked.tls, log);
	const secrets = await openSecrets(dataFolder);
	const serverName = await keepServerName({ ...asked, dataFolder });
	const own: Process = { environment: { ...asked, dataFolder, serverName }, log, teardown };
	// The pages need nothing of the database: both get ready at once.
	const pages = startNext(root, own.environment);
	pages.catch(() => undefined);
	const migrations = join(root, "prisma", "migrations");
	const { database, connectionString } = await openStorage(own, { secrets, migrations });
	const container = await buildContainer({ environment: own.environment, database, connectionString, secrets, log });
	teardown.add("container", () => container.close());
	const next = await pages;
	teardown.add("pages", () => next.close());
	await serve(own, { container, database, next, web, migrations });
	const address = addressOf(own.environment);
	log.info({ address, durationMs: Math.round(performance.now() - startedAt) }, "started");
	process.stdout.write(announcement(address, await container.accounts.issueOwnerToken()));
}

async function openStorage(
	{ environment, log, teardown }: Process,
	{ secrets, migrations }: { readonly secrets: Secrets; readonly migrations: string },
): Promise<{ database: Database; connectionString: string }> {
	const { dataFolder, serverName } = environment;
	let connectionString = environment.databaseUrl;
	if (connectionString === undefined) {
		const postgres = await startEmbeddedPostgres({
			folder: join(dataFolder, "postgres"),
			logFile: join(dataFolder, "postgres.log"),
			password: secrets.databasePassword,
			log: log.child({ part: "postgres" }),
		});
		teardown.add("postgres", () => postgres.stop());
		connectionString = postgres.connectionString;
	}
	const database = await prepareDatabase({ connectionString, poolSize, log, migrations });
	teardown.add("database", () => database.close());
	const runFile = runningDatabasePath(dataFolder);
	await writeRunFile(runFile, { connectionString, serverName });
	teardown.add("run file", () => removeRunFile(runFile));
	return { database, connectionString };
}

interface Served {
	readonly container: Container;
	readonly database: Database;
	readonly next: NextApp;
	readonly web: WebServer;
	readonly migrations: string;
}

async function serve({ environment, log, teardown }: Process, served: Served): Promise<void> {
	const { container, database, next, migrations, web } = served;
	const realtime = createRealtime(container);
	const metrics = createMetrics();
	metrics.gauge(
		"kith_ephemerals_dropped",
		"Words on who writes and who is there that slow readers were not told",
		() => container.stream.counts().droppedEphemerals,
	);
	metrics.gauge("kith_sockets", "Open WebSockets", () => realtime.socketCount);
	metrics.gauge(
		"kith_slow_sockets_closed",
		"Sockets closed because they did not read",
		() => realtime.slowSocketsClosed,
	);
	metrics.gauge("kith_socket_waiting_bytes", "What waits for sockets to take it", () => realtime.waitingBytes);
	metrics.gauge("kith_subscriptions", "Subscriptions to the stream", () => container.stream.counts().subscribers);
	metrics.gauges(
		{ name: "kith_unreadable_messages", help: "Messages that devices could not read", label: "reason" },
		() => container.messages.unreadableSinceStart,
	);
	metrics.gauge("kith_database_connections", "Connections to the database", () => database.pool.totalCount);
	metrics.gauge("kith_database_waiting", "Calls that wait for a connection", () => database.pool.waitingCount);
	let isStopping = false;
	const checks = [
		{ name: "process", isReady: async () => !isStopping },
		{ name: "database", isReady: async () => (await database.pool.query("SELECT 1")).rowCount === 1 },
		{ name: "migrations", isReady: () => hasCurrentMigrations(database.pool, migrations) },
		{ name: "bus", isReady: async () => container.isBusReady() },
	];
	web.server.on(
		"request",
		createRequestListener({
			routes: [
				{ prefix: "/api/trpc/", handle: (request, response) => handleTrpcRequest(container, request, response) },
				{ prefix: mediaPath, handle: (request, response) => handleMediaRequest(container, request, response) },
				{ prefix: filesPath, handle: (request, response) => handleFilesRequest(container, request, response) },
				...matrixPaths.map((prefix) => ({
					prefix,
					handle: (request: IncomingMessage, response: ServerResponse) =>
						handleMatrixRequest(container, request, response),
				})),
			],
			otherwise: next.handle,
			headers: headersByAddress(environment),
			readiness: () => askReadiness(checks),
			metrics,
			log,
		}),
	);
	attachWebSocket(web.server, realtime, next.handleUpgrade);
	await listen(web.server, environment);
	teardown.add("requests", () => {
		isStopping = true;
		return web.drain(realtime);
	});
	const metricsServer = await serveMetrics(environment.metricsPort, metrics.registry, log);
	teardown.add("metrics", () => metricsServer?.close());
}
