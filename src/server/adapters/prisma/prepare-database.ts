import { StartupError } from "../../process/startup-error.ts";
import { applyMigrations } from "./apply-migrations.ts";
import { checkServer } from "./check-server.ts";
import { type Database, type DatabaseOptions, openDatabase } from "./open-database.ts";

/** Opens a database that may be served from: reachable, safe for acknowledged writes, and with this version's tables. */
export async function prepareDatabase(options: DatabaseOptions & { readonly migrations: string }): Promise<Database> {
	const database = await openReachableDatabase(options);
	try {
		await checkServer(database.pool);
		await applyMigrations(database.pool, { folder: options.migrations, log: options.log });
		return database;
	} catch (error) {
		await database.close();
		throw error;
	}
}

/** Opens a database, or says in one line which one cannot be opened and why. */
export async function openReachableDatabase(options: DatabaseOptions): Promise<Database> {
	try {
		return await openDatabase(options);
	} catch (cause) {
		const { host, pathname } = new URL(options.connectionString);
		const reason =
			cause instanceof Error && cause.message !== "" ? cause.message : String((cause as { code?: unknown }).code);
		throw new StartupError(
			"database-unreachable",
			`the database ${host}${pathname} cannot be opened: ${reason}`,
			cause,
		);
	}
}
