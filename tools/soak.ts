/**
 * `npm run soak`: long runs that print their seeds and can be stopped and resumed.
 *
 *   --kill N          kill -9 of the server and of its PostgreSQL, in turn, N times in all (1,000 by default)
 *   --seeds N         N simulated room histories per room version (2,000 by default)
 *   --only LIST       kill, convergence
 *   --fresh           begins anew; otherwise what an earlier, unfinished run has done is not done again
 *   --seed S          chooses the moments of the kills
 */
import { mkdir, mkdtemp, readFile, realpath, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { runKills, type Victim } from "../tests/durability/kill-run.ts";
import { isMain } from "./house/is-main.ts";
import { repositoryRoot } from "./house/repository-root.ts";
import { wholeNumber } from "./house/whole-number.ts";
import { main as soakConvergence } from "./soak-convergence.ts";

/** What an unfinished soak has behind it. */
interface Progress {
	readonly kills: number;
	readonly seeds: number;
}

const folder = join(repositoryRoot, "build", "soak");
const progressFile = join(folder, "progress.json");
/** Kills on one data directory before a fresh one, and histories between two notes of progress. */
const killsInARow = 50;
const seedsInARow = 50;

export async function main(args: readonly string[]): Promise<number> {
	const { values } = parseArgs({
		args: [...args],
		options: {
			kill: { type: "string", default: "1000" },
			seeds: { type: "string", default: "2000" },
			only: { type: "string", default: "kill,convergence" },
			seed: { type: "string", default: "1" },
			fresh: { type: "boolean", default: false },
		},
	});
	const only = values.only.split(",");
	if (values.fresh) await rm(progressFile, { force: true });
	let failures = 0;
	if (only.includes("convergence")) failures += await runSeeds(wholeNumber("--seeds", values.seeds));
	if (only.includes("kill")) {
		failures += await soakKills(wholeNumber("--kill", values.kill), wholeNumber("--seed", values.seed));
	}
	console.log(failures === 0 ? "soak: nothing was lost" : `soak: ${failures} failures`);
	return failures;
}

async function runSeeds(count: number): Promise<number> {
	let failures = 0;
	for (let done = (await readProgress()).seeds; done < count; ) {
		const seeds = Math.min(seedsInARow, count - done);
		failures += await soakConvergence(["--from", String(done + 1), "--seeds", String(seeds)]);
		if (failures > 0) return failures;
		done += seeds;
		await keepProgress({ seeds: done });
	}
	await keepProgress({ seeds: 0 });
	return failures;
}

async function soakKills(count: number, firstSeed: number): Promise<number> {
	for (let done = (await readProgress()).kills; done < count; ) {
		const kills = Math.min(killsInARow, count - done);
		const seed = firstSeed + done;
		const faults = await killInARow(kills, { seed, before: done });
		for (const fault of faults) console.error(`kill: seed ${seed}: ${fault}`);
		if (faults.length > 0) return faults.length;
		done += kills;
		await keepProgress({ kills: done });
		console.log(`kill: ${done} of ${count} done`);
	}
	await keepProgress({ kills: 0 });
	return 0;
}

async function killInARow(
	count: number,
	{ seed, before }: { readonly seed: number; readonly before: number },
): Promise<readonly string[]> {
	const home = await realpath(await mkdtemp(join(tmpdir(), "kith-soak-")));
	const victims = Array.from({ length: count }, (_, index): Victim => (index % 2 === 0 ? "server" : "postgres"));
	console.log(`kill: seed ${seed}, from ${before + 1} to ${before + count}`);
	const dataFolder = join(home, "data");
	const result = await runKills({ dataFolder, victims, seed }).catch((error: unknown) => ({
		faults: [`broke off: ${error instanceof Error ? error.message : String(error)}`],
		...{ acknowledgedCount: 0, storedCount: 0, retries: 0 },
	}));
	console.log(
		`kill: ${result.acknowledgedCount} acknowledged, ${result.storedCount} stored, ${result.retries} retries`,
	);
	if (result.faults.length > 0) return [...result.faults, `the data directory is kept: ${dataFolder}`];
	await rm(home, { recursive: true });
	return [];
}

async function readProgress(): Promise<Progress> {
	const text = await readFile(progressFile, "utf8").catch(() => "{}");
	const { kills = 0, seeds = 0 }: Partial<Progress> = JSON.parse(text);
	return { kills, seeds };
}

async function keepProgress(reached: Partial<Progress>): Promise<void> {
	await mkdir(folder, { recursive: true });
	const draft = `${progressFile}.draft`;
	await writeFile(draft, JSON.stringify({ ...(await readProgress()), ...reached }));
	await rename(draft, progressFile);
}

if (isMain(import.meta.url)) {
	for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));
	process.exitCode = (await main(process.argv.slice(2))) === 0 ? 0 : 1;
}
