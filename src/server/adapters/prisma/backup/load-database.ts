import pg from "pg";
import type { ArchivedMigration, ArchivedSequence } from "../../../backup/archive/archive-content.ts";
import type { RestoreSink } from "../../../backup/ports.ts";
import { BackupError } from "../../../backup/public.ts";
import { createHistory, lockMigrations } from "../apply-migrations.ts";
import { readMigrations } from "../read-migrations.ts";
import { rows, run, type SqlClient } from "../sql.ts";
import { copyRowsIn } from "./copy-rows.ts";
import { countRelations, listTables } from "./list-tables.ts";
import { inQuietTransaction, liftTimeouts } from "./quiet-transaction.ts";

export type DatabaseSink = Omit<RestoreSink, "storeMedia">;

export interface LoadOptions {
	/** Those that made the tables of the backup; this version's folder holds each of them. */
	readonly migrations: readonly ArchivedMigration[];
	readonly folder: string;
}

/** Makes the tables of a backup in an empty database and fills them, all in one transaction. */
export const loadDatabase = (
	pool: pg.Pool,
	{ migrations, folder }: LoadOptions,
	fill: (sink: DatabaseSink) => Promise<void>,
): Promise<void> =>
	inQuietTransaction(pool, "BEGIN", async (client) => {
		await liftTimeouts(client);
		await client.query(lockMigrations);
		await refuseUsedDatabase(client);
		await makeTables(client, { migrations, folder });
		await fill({
			loadTable: (table, content) => copyRowsIn(client, table, content),
			setSequences: (sequences) => setSequences(client, sequences),
		});
		await skipLostPositions(client);
	});

export const refuseUsedDatabase = async (client: SqlClient): Promise<void> => {
	if ((await countRelations(client)) === 0) return;
	throw new BackupError("not-empty", "the database is not empty: name a new one in DATABASE_URL; nothing was restored");
};

const makeTables = async (client: pg.PoolClient, { migrations, folder }: LoadOptions): Promise<void> => {
	const wanted = new Set(migrations.map(({ name }) => name));
	for (const { name, sql } of await readMigrations(folder)) {
		if (wanted.has(name)) await client.query(sql);
	}
	await client.query(createHistory);
	// Migrations put first rows into some tables; the backup has what became of them.
	const names = (await listTables(client)).map(({ name }) => pg.escapeIdentifier(name));
	await client.query(`TRUNCATE ${names.join(", ")}`);
};

/** More than a server writes after a backup in any time; there is room for thousands of restores. */
const skippedPositions = 1_000_000_000_000;

/**
 * What was written after the backup is lost, but clients know its positions: as tokens, as what they have read. The
 * restored server gives none of them out again. A token from before stands so far behind its stream that whoever brings
 * it begins afresh.
 */
const skipLostPositions = (client: pg.PoolClient): Promise<void> =>
	run(client, {
		name: "restore_stream_head",
		text: "UPDATE stream_head SET position = position + $1::int8 WHERE id = 1",
		values: [skippedPositions],
	});

const setSequences = async (client: pg.PoolClient, sequences: readonly ArchivedSequence[]): Promise<void> => {
	for (const { name, value, isCalled } of sequences) {
		await rows(client, {
			name: "restore_sequence",
			text: "SELECT setval(format('%I', $1::text)::regclass, $2::text::bigint, $3)",
			values: [name, value, isCalled],
		});
	}
};
