import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { silentLog } from "../../../../tests/setup/silent-log.ts";
import { createTestDatabase } from "../../../../tests/setup/test-database.ts";
import { applyMigrations, hasCurrentMigrations } from "./apply-migrations.ts";
import type { Database } from "./open-database.ts";
import { readMigrations } from "./read-migrations.ts";

const folder = "prisma/migrations";

/** This version's migrations and one more. */
async function folderWith(name: string, sql: string): Promise<string> {
	const copy = await mkdtemp(join(tmpdir(), "kith-migrations-"));
	onTestFinished(() => rm(copy, { recursive: true }));
	await cp(folder, copy, { recursive: true });
	await mkdir(join(copy, name), { recursive: true });
	await writeFile(join(copy, name, "migration.sql"), sql);
	return copy;
}

async function empty({ pool }: Database): Promise<void> {
	await pool.query("DROP SCHEMA public CASCADE");
	await pool.query("CREATE SCHEMA public");
}

describe("applyMigrations", () => {
	it("leaves the tables that the typed client expects", async () => {
		await using test = await createTestDatabase();
		expect(await hasCurrentMigrations(test.database.pool, folder)).toBe(true);
		expect(await test.database.prisma.streamHead.findMany()).toEqual([{ id: 1, position: 1n }]);
	});

	it("has nothing to do the second time", async () => {
		await using test = await createTestDatabase();
		expect(await applyMigrations(test.database.pool, { folder, log: silentLog })).toEqual([]);
	});

	it("lets one of several processes do it", async () => {
		await using test = await createTestDatabase();
		await empty(test.database);
		const { pool } = test.database;
		const names = (await readMigrations(folder)).map(({ name }) => name);
		const applied = await Promise.all([1, 2, 3].map(() => applyMigrations(pool, { folder, log: silentLog })));
		expect(applied.flat()).toEqual(names);
	});

	it("undoes all of a migration that fails, and of no other", async () => {
		await using test = await createTestDatabase();
		const { pool } = test.database;
		const broken = await folderWith("9999_broken", "CREATE TABLE half_done (id int); SELECT 1 / 0;");
		await expect(applyMigrations(pool, { folder: broken, log: silentLog })).rejects.toMatchObject({ code: "22012" });
		expect((await pool.query("SELECT to_regclass('half_done') AS found")).rows).toEqual([{ found: null }]);
		expect(await applyMigrations(pool, { folder, log: silentLog })).toEqual([]);
		const mended = await folderWith("9999_broken", "CREATE TABLE half_done (id int);");
		expect(await applyMigrations(pool, { folder: mended, log: silentLog })).toEqual(["9999_broken"]);
	});

	it("refuses a database that newer code has changed, and does not touch it", async () => {
		await using test = await createTestDatabase();
		const { pool } = test.database;
		const newer = await folderWith("9999_future", "CREATE TABLE future (id int);");
		await applyMigrations(pool, { folder: newer, log: silentLog });
		const history = await pool.query("SELECT * FROM _prisma_migrations ORDER BY migration_name");
		// Pending work of this version must not be done first either.
		const other = await folderWith("0000_pending", "CREATE TABLE pending (id int);");
		await expect(applyMigrations(pool, { folder: other, log: silentLog })).rejects.toMatchObject({
			code: "database-newer",
			message: expect.stringContaining("9999_future"),
		});
		expect((await pool.query("SELECT * FROM _prisma_migrations ORDER BY migration_name")).rows).toEqual(history.rows);
		expect((await pool.query("SELECT to_regclass('pending') AS found")).rows).toEqual([{ found: null }]);
		expect(await hasCurrentMigrations(pool, folder)).toBe(false);
	});

	it("refuses a database whose migration had another text", async () => {
		await using test = await createTestDatabase();
		await test.database.pool.query("UPDATE _prisma_migrations SET checksum = 'other'");
		await expect(applyMigrations(test.database.pool, { folder, log: silentLog })).rejects.toMatchObject({
			code: "database-differs",
		});
	});
});
