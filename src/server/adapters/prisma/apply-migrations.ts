import { randomUUID } from "node:crypto";
import type pg from "pg";
import type { Log } from "../../../shared/log.ts";
import { StartupError } from "../../process/startup-error.ts";
import { type Migration, readMigrations } from "./read-migrations.ts";

export interface ApplyMigrationsOptions {
	readonly folder: string;
	readonly log: Log;
}

interface AppliedMigration {
	readonly migration_name: string;
	readonly checksum: string;
	readonly is_finished: boolean;
}

/** One number for every Kith process: only one of them changes the tables of a database at a time. */
const advisoryLock = 5_449_416_401;

/** Within a transaction, until it ends: takes the same lock. */
export const lockMigrations = `SELECT pg_advisory_xact_lock(${advisoryLock})`;

/** The table in which the applied migrations stand. */
export const createHistory = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
	id VARCHAR(36) PRIMARY KEY NOT NULL,
	checksum VARCHAR(64) NOT NULL,
	finished_at TIMESTAMPTZ,
	migration_name VARCHAR(255) NOT NULL,
	logs TEXT,
	rolled_back_at TIMESTAMPTZ,
	started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
	applied_steps_count INTEGER NOT NULL DEFAULT 0
)`;

/**
 * Brings the tables up to this version of the code; each migration is one transaction, so a crash leaves none half done.
 * A database that newer or different code has changed is refused before anything is written.
 *
 * @returns The names of the migrations that were applied.
 */
export async function applyMigrations(pool: pg.Pool, options: ApplyMigrationsOptions): Promise<string[]> {
	const migrations = await readMigrations(options.folder);
	const client = await pool.connect();
	let isBroken = true;
	try {
		await client.query("SELECT pg_advisory_lock($1)", [advisoryLock]);
		const applied = await readApplied(client);
		refuseUnknown(migrations, applied);
		const appliedNames = new Set(applied.map((row) => row.migration_name));
		const pending = migrations.filter(({ name }) => !appliedNames.has(name));
		if (pending.length > 0) await client.query(createHistory);
		for (const migration of pending) {
			await apply(client, migration);
			options.log.info({ migration: migration.name }, "applied a migration");
		}
		await client.query("SELECT pg_advisory_unlock($1)", [advisoryLock]);
		isBroken = false;
		return pending.map(({ name }) => name);
	} finally {
		// Closing the connection is what gives the lock back when something failed on the way.
		client.release(isBroken);
	}
}

/** Whether every migration of this version has been applied, and no other. */
export async function hasCurrentMigrations(pool: pg.Pool, folder: string): Promise<boolean> {
	const migrations = await readMigrations(folder);
	const applied = await readApplied(pool);
	const appliedNames = new Set(applied.map((row) => row.migration_name));
	return applied.length === migrations.length && migrations.every(({ name }) => appliedNames.has(name));
}

async function readApplied(client: Pick<pg.PoolClient, "query">): Promise<AppliedMigration[]> {
	const { rows } = await client.query<{ found: string | null }>(
		"SELECT to_regclass('_prisma_migrations')::text AS found",
	);
	if (rows[0]?.found === null) return [];
	const history = await client.query<AppliedMigration>(
		"SELECT migration_name, checksum, finished_at IS NOT NULL AS is_finished FROM _prisma_migrations WHERE rolled_back_at IS NULL",
	);
	return history.rows;
}

function refuseUnknown(migrations: readonly Migration[], applied: readonly AppliedMigration[]): void {
	const known = new Map(migrations.map(({ name, checksum }) => [name, checksum]));
	for (const row of applied) {
		const checksum = known.get(row.migration_name);
		if (checksum === undefined) {
			throw new StartupError(
				"database-newer",
				`the database was changed by a newer Kith (${row.migration_name}): start that version; nothing was touched`,
			);
		}
		if (checksum !== row.checksum || !row.is_finished) {
			throw new StartupError(
				"database-differs",
				`the database was made with another ${row.migration_name} than this Kith has: nothing was touched`,
			);
		}
	}
}

async function apply(client: pg.PoolClient, migration: Migration): Promise<void> {
	await client.query("BEGIN");
	try {
		await client.query(migration.sql);
		await client.query(
			`INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
			VALUES ($1, $2, $3, now(), clock_timestamp(), 1)`,
			[randomUUID(), migration.checksum, migration.name],
		);
		await client.query("COMMIT");
	} catch (error) {
		await client.query("ROLLBACK");
		throw error;
	}
}
