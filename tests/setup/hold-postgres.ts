import { join } from "node:path";
import { startEmbeddedPostgres } from "../../src/server/adapters/postgres-embedded/start-embedded-postgres.ts";
import { silentLog } from "./silent-log.ts";

// A process that runs PostgreSQL on the folder it is given, says where on its first line, and stays until it is killed.
const folder = process.argv[2] ?? "";
startEmbeddedPostgres({
	folder: join(folder, "postgres"),
	logFile: join(folder, "postgres.log"),
	password: "test",
	log: silentLog,
}).then(
	(postgres) =>
		process.stdout.write(`${JSON.stringify({ pid: postgres.pid(), connectionString: postgres.connectionString })}\n`),
	(error: unknown) => {
		process.stderr.write(`${error}\n`);
		process.exit(1);
	},
);
