import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, inject, it, onTestFinished } from "vitest";
import { type BackupPlace, createBackupPlace, createEmptyDatabase } from "../../../tests/setup/test-backup.ts";
import { createTestDatabase } from "../../../tests/setup/test-database.ts";
import { createTestMedia, storeTestPicture } from "../../../tests/setup/test-media.ts";
import { testPicture } from "../../../tests/setup/test-pictures.ts";
import { createTestRooms } from "../../../tests/setup/test-rooms.ts";
import { parseMediaAddress } from "../../shared/media-address.ts";
import { openDataFolder } from "../process/data-folder.ts";
import { markUnfinishedRestore } from "../process/unfinished-restore.ts";

/** A server with one person and their picture, and its backup. */
async function createBackedUp() {
	const source = await createTestDatabase(inject("shippedConnectionString"));
	const place = await createBackupPlace();
	const alice = await createTestRooms(source.database).addPerson("alice");
	const picture = await storeTestPicture(createTestMedia({ ...source, dataFolder: place.dataFolder }), alice);
	await place.backUp(source.database);
	const target = await createEmptyDatabase();
	return {
		source,
		place,
		target,
		picture,
		databaseUrl: target.connectionString,
		[Symbol.asyncDispose]: async () => {
			for (const part of [source, place, target]) await part[Symbol.asyncDispose]();
		},
	};
}

type BackedUp = Awaited<ReturnType<typeof createBackedUp>>;

const relationCount = async ({ target }: BackedUp): Promise<number> =>
	(
		await target.database.pool.query(
			"SELECT count(*) AS count FROM pg_class WHERE relnamespace = 'public'::regnamespace",
		)
	).rows[0].count;

/** Fails as told, and leaves no trace. */
const expectRefusal = async (
	all: BackedUp,
	code: string,
	options: { passphrase?: string; migrations?: string } = {},
) => {
	const dataFolder = all.place.newFolder();
	const { databaseUrl } = all;
	await expect(all.place.restore({ dataFolder, databaseUrl, ...options })).rejects.toMatchObject({
		code,
		message: expect.stringMatching(/^[^\n]+$/),
	});
	await expect(stat(dataFolder)).rejects.toMatchObject({ code: "ENOENT" });
	expect(await relationCount(all)).toBe(0);
};

/** This version's migrations and a later one. */
const withLaterMigration = async (): Promise<string> => {
	const folder = await mkdtemp(join(tmpdir(), "kith-migrations-"));
	onTestFinished(() => rm(folder, { recursive: true }));
	await cp("prisma/migrations", folder, { recursive: true });
	await mkdir(join(folder, "9999_later"));
	await writeFile(join(folder, "9999_later", "migration.sql"), "CREATE TABLE later AS SELECT id FROM users");
	return folder;
};

const filesOf = async (folder: string): Promise<Record<string, string>> => {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	const files = entries.filter((entry) => entry.isFile() && !entry.name.startsWith("lock."));
	const paths = files.map((entry) => join(entry.parentPath, entry.name));
	return Object.fromEntries(
		await Promise.all(paths.map(async (path) => [path.slice(folder.length), await readFile(path, "utf8")])),
	);
};

const changeByte = async ({ file }: BackupPlace, at: number): Promise<void> => {
	const bytes = await readFile(file);
	bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
	await writeFile(file, bytes);
};

describe("a restore", () => {
	it("brings back names, keys, media and tables, and leaves no mark", async () => {
		await using all = await createBackedUp();
		const dataFolder = all.place.newFolder();
		await all.place.restore({ dataFolder, databaseUrl: all.databaseUrl });
		expect(await filesOf(dataFolder)).toEqual(await filesOf(all.place.dataFolder));
		expect((await stat(join(dataFolder, "signing.key"))).mode & 0o777).toBe(0o600);
		expect(await all.target.database.prisma.user.findMany()).toEqual(await all.source.database.prisma.user.findMany());
		await expect(openDataFolder(dataFolder)).resolves.toBe(dataFolder);
	});

	it("brings back pictures under their addresses", async () => {
		await using all = await createBackedUp();
		const dataFolder = all.place.newFolder();
		await all.place.restore({ dataFolder, databaseUrl: all.databaseUrl });
		const media = createTestMedia({ ...all.target, dataFolder });
		const { contentType, content } = await media.read(parseMediaAddress(all.picture) ?? expect.fail("no address"));
		const pieces: Uint8Array[] = [];
		for await (const piece of content) pieces.push(piece);
		expect([contentType, Buffer.concat(pieces)]).toEqual(["image/png", testPicture("dot.png")]);
	});

	it("brings the tables of an older version up to this one", async () => {
		await using all = await createBackedUp();
		const migrations = await withLaterMigration();
		await all.place.restore({ dataFolder: all.place.newFolder(), databaseUrl: all.databaseUrl, migrations });
		expect((await all.target.database.pool.query("SELECT id FROM later")).rows).toEqual([
			{ id: "@alice:kith.example" },
		]);
	});

	it("refuses what a newer version has made, or one with another history", async () => {
		await using all = await createBackedUp();
		const older = await mkdtemp(join(tmpdir(), "kith-migrations-"));
		onTestFinished(() => rm(older, { recursive: true }));
		await expectRefusal(all, "schema-newer", { migrations: older });
		const other = await withLaterMigration();
		await writeFile(join(other, "0001_first", "migration.sql"), "CREATE TABLE other (id int)");
		await expectRefusal(all, "schema-differs", { migrations: other });
		const earlier = await withLaterMigration();
		await mkdir(join(earlier, "0000_earlier"));
		await writeFile(join(earlier, "0000_earlier", "migration.sql"), "SELECT 1");
		await expectRefusal(all, "schema-differs", { migrations: earlier });
	});

	it("refuses a wrong passphrase, a cut file, an altered byte and any other file, and touches nothing", async () => {
		await using all = await createBackedUp();
		const { place } = all;
		const { size } = await stat(place.file);
		await expectRefusal(all, "passphrase-wrong", { passphrase: "several words somebody knows" });
		await changeByte(place, size - 30);
		await expectRefusal(all, "altered");
		await changeByte(place, size - 30);
		await truncate(place.file, size - 1);
		await expectRefusal(all, "altered");
		await writeFile(place.file, "not a backup");
		await expectRefusal(all, "no-backup");
		await rm(place.file);
		await expectRefusal(all, "file-unusable");
	});

	it("refuses a database and a folder that hold anything", async () => {
		await using all = await createBackedUp();
		const { place, source, databaseUrl } = all;
		const used = { dataFolder: place.dataFolder, databaseUrl };
		await expect(place.restore(used)).rejects.toMatchObject({ code: "not-empty" });
		expect(await relationCount(all)).toBe(0);
		const dataFolder = place.newFolder();
		const served = { dataFolder, databaseUrl: source.connectionString };
		await expect(place.restore(served)).rejects.toMatchObject({ code: "not-empty" });
		await expect(stat(dataFolder)).rejects.toMatchObject({ code: "ENOENT" });
		expect(await source.database.prisma.user.count()).toBe(1);
	});

	it("that fails on the way leaves an empty folder, and can be done again", async () => {
		await using all = await createBackedUp();
		const { place, target, databaseUrl } = all;
		const dataFolder = place.newFolder();
		const name = new URL(databaseUrl).pathname.slice(1);
		await target.database.pool.query(`ALTER DATABASE ${name} SET default_transaction_read_only = on`);
		await expect(place.restore({ dataFolder, databaseUrl })).rejects.toMatchObject({ code: "25006" });
		expect(await filesOf(dataFolder)).toEqual({});
		await target.database.pool.query(`ALTER DATABASE ${name} RESET default_transaction_read_only`);
		await place.restore({ dataFolder, databaseUrl });
		expect(await target.database.prisma.user.count()).toBe(1);
	});

	it("that was killed leaves a folder on which no server starts", async () => {
		await using place = await createBackupPlace();
		const dataFolder = await openDataFolder(place.newFolder());
		await markUnfinishedRestore(dataFolder);
		await expect(openDataFolder(dataFolder)).rejects.toMatchObject({
			code: "data-folder",
			message: expect.stringContaining("restore that did not finish"),
		});
	});
});

describe("a backup", () => {
	it("overwrites nothing, and leaves nothing half written", async () => {
		await using all = await createBackedUp();
		const { place, source } = all;
		const first = await readFile(place.file);
		await expect(place.backUp(source.database)).rejects.toMatchObject({ code: "file-exists" });
		expect((await readFile(place.file)).equals(first)).toBe(true);
		await rm(place.file);
		const beforeTable = () => Promise.reject(new Error("stop"));
		await expect(place.backUp(source.database, { beforeTable })).rejects.toThrow("stop");
		await expect(stat(place.file)).rejects.toMatchObject({ code: "ENOENT" });
		await expect(stat(`${place.file}.partial`)).rejects.toMatchObject({ code: "ENOENT" });
		await writeFile(`${place.file}.partial`, "somebody else's");
		await expect(place.backUp(source.database)).rejects.toMatchObject({ code: "file-exists" });
		expect(await readFile(`${place.file}.partial`, "utf8")).toBe("somebody else's");
	});

	it("ends in one line when its connection is closed in the middle", async () => {
		await using all = await createBackedUp();
		const { place, source } = all;
		await rm(place.file);
		const closeConnections = async (): Promise<void> => {
			await all.target.database.pool.query(
				"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND backend_xmin IS NOT NULL",
				[new URL(source.connectionString).pathname.slice(1)],
			);
		};
		await expect(place.backUp(source.database, { beforeTable: closeConnections })).rejects.toThrow();
		await expect(stat(place.file)).rejects.toMatchObject({ code: "ENOENT" });
		await expect(place.backUp(source.database)).resolves.toBeUndefined();
	});

	it("wants a passphrase that is worth the name, and a data directory with keys", async () => {
		await using all = await createBackedUp();
		const { place, source } = all;
		await rm(place.file);
		const short = place.backUp(source.database, { passphrase: "elevenchars" });
		await expect(short).rejects.toMatchObject({ code: "passphrase-too-short" });
		await rm(join(place.dataFolder, "signing.key"));
		await expect(place.backUp(source.database)).rejects.toMatchObject({ code: "no-server" });
		expect(await readdir(place.dataFolder)).not.toContain("signing.key");
	});
});
