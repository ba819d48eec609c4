import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readRunningDatabase } from "../../src/server/cli/running-database.ts";
import { addPeople, type Person } from "../server-process/add-people.ts";
import { type CuttingProxy, startCuttingProxy } from "../server-process/cutting-proxy.ts";
import { portOf, type ServerProcess, startServerProcess } from "../server-process/start-server-process.ts";
import { runCuts } from "./cut-run.ts";

/** 200 in the long form. */
const cuts = Number(process.env.KITH_TEST_CUTS ?? 4);
const seed = Date.now() % 1_000_000;
const env = { KITH_WRITES_PER_MINUTE: "0", KITH_BUS: "postgres" };
let folder = "";
let first: ServerProcess;
/** On the same database. */
let second: ServerProcess;
let proxy: CuttingProxy;

const startSecond = async (port?: number): Promise<ServerProcess> => {
	const dataFolder = join(folder, "data");
	const running = await readRunningDatabase(dataFolder);
	const databaseUrl = { DATABASE_URL: running?.connectionString ?? "" };
	return startServerProcess({ dataFolder, env: { ...env, ...databaseUrl }, ...(port === undefined ? {} : { port }) });
};

const peopleOf = (run: string): Promise<readonly Person[]> =>
	addPeople(
		join(folder, "data"),
		["reader", "one", "two", "three"].map((name) => `${run}${name}`),
	);

beforeAll(async () => {
	folder = await realpath(await mkdtemp(join(tmpdir(), "kith-cut-")));
	first = await startServerProcess({ dataFolder: join(folder, "data"), env });
	second = await startSecond();
	proxy = await startCuttingProxy(portOf(first));
});

afterAll(async () => {
	await proxy[Symbol.asyncDispose]();
	await second.stop();
	await first.stop();
	await rm(folder, { recursive: true, force: true });
});

describe(`the client shows what the server has, in order and once, after ${cuts} cuts`, () => {
	const run = { seed, cuts };

	it("of its socket", async () => {
		const result = await runCuts({ ...run, proxy, origin: first.origin, people: await peopleOf("socket") });
		expect(result.faults, `seed ${seed}`).toEqual([]);
		expect([...result.ways]).toEqual(["socket"]);
		expect(result.messageCount).toBeGreaterThan(cuts * 2);
	}, 600_000);

	it("of its events, where no socket opens, and leaves them when one does", async () => {
		proxy.blocksSockets = true;
		const result = await runCuts({
			...{ ...run, proxy, origin: first.origin, people: await peopleOf("events") },
			atCut: async (number, client) => {
				if (number % 10 !== 3) return;
				proxy.blocksSockets = false;
				await expect.poll(() => client.via, { timeout: 30_000 }).toBe("socket");
				proxy.blocksSockets = number + 10 < cuts;
			},
		});
		proxy.blocksSockets = false;
		expect(result.faults, `seed ${seed}`).toEqual([]);
		expect([...result.ways]).toEqual(["events", "socket"]);
	}, 600_000);

	it("with two server processes by turns", async () => {
		const result = await runCuts({
			...{ ...run, proxy, origin: first.origin, people: await peopleOf("pair") },
			atCut: async (number) => proxy.leadTo(portOf(number % 2 === 1 ? second : first)),
		});
		proxy.leadTo(portOf(first));
		expect(result.faults, `seed ${seed}`).toEqual([]);
	}, 600_000);

	it("with its server killed and started again", async () => {
		proxy.leadTo(portOf(second));
		const result = await runCuts({
			...{ ...run, proxy, origin: first.origin, people: await peopleOf("restart") },
			atCut: async (number) => {
				if (number % 6 !== 3) return;
				await second.kill();
				second = await startSecond(portOf(second));
			},
		});
		proxy.leadTo(portOf(first));
		expect(result.faults, `seed ${seed}`).toEqual([]);
	}, 600_000);
});
