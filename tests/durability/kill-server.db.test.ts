import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runKills, type Victim } from "./kill-run.ts";

const killCount = 20;
let folder = "";

beforeAll(async () => {
	folder = await realpath(await mkdtemp(join(tmpdir(), "kith-kill-")));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe("every acknowledged message is there once, in order, under eight writers", () => {
	it.each<Victim>(["server", "postgres"])(
		`after ${killCount} times kill -9 of the %s`,
		async (victim) => {
			const seed = Date.now() % 1_000_000;
			const victims = Array.from({ length: killCount }, () => victim);
			const result = await runKills({ dataFolder: join(folder, victim), victims, seed });
			expect(result.faults, `seed ${seed}`).toEqual([]);
			expect(result.storedCount).toBe(result.acknowledgedCount);
			expect(result.retries).toBeGreaterThanOrEqual(killCount);
		},
		150_000,
	);
});
