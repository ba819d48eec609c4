import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { silentLog } from "../../../../tests/setup/silent-log.ts";
import { createTestDatabase } from "../../../../tests/setup/test-database.ts";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "../postgres-embedded/start-embedded-postgres.ts";
import { openDatabase } from "./open-database.ts";
import { prepareDatabase } from "./prepare-database.ts";

const migrations = "prisma/migrations";

function prepare(connectionString: string) {
	return prepareDatabase({ connectionString, poolSize: 2, log: silentLog, migrations });
}

describe("prepareDatabase", () => {
	let folder = "";
	// One of its own: these settings hold for a whole server.
	let postgres: EmbeddedPostgres;

	beforeAll(async () => {
		folder = await realpath(await mkdtemp(join(tmpdir(), "kith-prepare-")));
		const paths = { folder: join(folder, "postgres"), logFile: join(folder, "postgres.log") };
		postgres = await startEmbeddedPostgres({ ...paths, password: "test", log: silentLog });
	});

	afterAll(async () => {
		await postgres.stop();
		await rm(folder, { recursive: true });
	});

	it.each(["fsync", "full_page_writes", "synchronous_commit"])(
		"refuses a server with %s off, and writes nothing",
		async (name) => {
			const database = await openDatabase({ connectionString: postgres.connectionString, poolSize: 1, log: silentLog });
			await database.pool.query(`ALTER SYSTEM SET ${name} = off`);
			await database.pool.query("SELECT pg_reload_conf()");
			await expect.poll(async () => (await database.pool.query(`SHOW ${name}`)).rows).toEqual([{ [name]: "off" }]);
			await expect(prepare(postgres.connectionString)).rejects.toMatchObject({
				code: "database-unsafe",
				message: expect.stringContaining(`${name} = off`),
			});
			const { rows } = await database.pool.query("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'");
			expect(rows).toEqual([{ count: 0 }]);
			await database.pool.query(`ALTER SYSTEM RESET ${name}`);
			await database.pool.query("SELECT pg_reload_conf()");
			await expect.poll(async () => (await database.pool.query(`SHOW ${name}`)).rows).toEqual([{ [name]: "on" }]);
			await database.close();
		},
	);

	it("takes the server as it ships", async () => {
		await (await prepare(postgres.connectionString)).close();
	});

	it("names the database that cannot be reached, without its password", async () => {
		await expect(prepare("postgres://kith:canary@127.0.0.1:1/kith")).rejects.toSatisfy(
			(error) =>
				error instanceof Error && error.message.includes("127.0.0.1:1/kith") && !error.message.includes("canary"),
		);
	});
});

describe("openDatabase", () => {
	it("reads whole numbers as numbers and refuses those that would lose digits", async () => {
		await using test = await createTestDatabase();
		const { rows } = await test.database.pool.query(
			"SELECT 9007199254740991::int8 AS one, ARRAY[1, NULL, 3]::int8[] AS several",
		);
		expect(rows).toEqual([{ one: 9_007_199_254_740_991, several: [1, null, 3] }]);
		await expect(test.database.pool.query("SELECT 9007199254740993::int8")).rejects.toThrow(RangeError);
	});
});
