import pg from "pg";
import type { ArchivedMigration, ArchivedSequence } from "../../../backup/archive/archive-content.ts";
import type { SnapshotSource } from "../../../backup/ports.ts";
import { BackupError } from "../../../backup/public.ts";
import { rows } from "../sql.ts";
import { copyRowsOut } from "./copy-rows.ts";
import { listTables } from "./list-tables.ts";
import { inQuietTransaction, liftTimeouts } from "./quiet-transaction.ts";

/** Keys of an engine that goes on while the backup is made: brought back, it would use what it had used since once more. */
const unarchived: ReadonlySet<string> = new Set(["assistant_bot_records"]);

/** Reads a whole database as of one moment; writers go on beside it. */
export const createSnapshotSource = (pool: pg.Pool): SnapshotSource => ({
	withSnapshot: (work) =>
		inQuietTransaction(pool, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", async (client) => {
			await lockTables(pool, client);
			await liftTimeouts(client);
			const migrations = await readMigrations(client);
			const tables = (await listTables(client)).filter(({ name }) => !unarchived.has(name));
			return work({
				migrations,
				tables,
				readRows: (table) => copyRowsOut(client, table),
				readSequences: () => readSequences(client),
			});
		}),
});

/**
 * Nobody changes a table's shape until all are read. The locks come before the first reading, so that the snapshot knows
 * whatever was changed while they were waited for.
 */
const lockTables = async (pool: pg.Pool, client: pg.PoolClient): Promise<void> => {
	const names = (await listTables(pool)).map(({ name }) => pg.escapeIdentifier(name));
	if (!names.includes('"_prisma_migrations"')) {
		throw new BackupError("no-server", "the database holds no Kith yet: start the server once, then try again");
	}
	await client.query(`LOCK TABLE ${names.join(", ")} IN ACCESS SHARE MODE`);
};

const readMigrations = (client: pg.PoolClient): Promise<ArchivedMigration[]> =>
	rows<ArchivedMigration>(client, {
		name: "backup_migrations",
		text: `SELECT migration_name AS name, checksum FROM _prisma_migrations
			WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY migration_name COLLATE "C"`,
	});

/** Counters know no snapshots: what is read now is at least what the snapshot's rows have used. */
const readSequences = async (client: pg.PoolClient): Promise<ArchivedSequence[]> => {
	const names = await rows<{ name: string }>(client, {
		name: "backup_sequences",
		text: `SELECT relname::text AS name FROM pg_class
			WHERE relnamespace = current_schema()::regnamespace AND relkind = 'S' ORDER BY relname COLLATE "C"`,
	});
	const sequences: ArchivedSequence[] = [];
	for (const { name } of names) {
		const [found] = await rows<Omit<ArchivedSequence, "name">>(client, {
			name: `backup_sequence_${name}`,
			text: `SELECT last_value::text AS value, is_called AS "isCalled" FROM ${pg.escapeIdentifier(name)}`,
		});
		if (found !== undefined) sequences.push({ name, ...found });
	}
	return sequences;
};
