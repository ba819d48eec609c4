/**
 * `npm run soak:federation`: four servers live together over a bad network, are cut off from each other and end in the middle
 * of what they do, seed after seed; at the end of each they must agree, and nothing may be lost. A run that was stopped goes
 * on where it was. What the servers of a failed seed have is written to build/soak/federation-SEED.txt.
 *
 *   --seeds N         so many (500 by default)
 *   --seed S          this one alone; the state of earlier runs is left alone
 *   --rounds N        so many changes of the weather a seed (8 by default, and of every tenth seed 24)
 *   --fresh           begins anew
 */
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { startTestPostgres } from "../tests/setup/test-postgres.ts";
import { writeScript } from "../tests/simulation/federation/script.ts";
import { type Simulated, simulateFederation } from "../tests/simulation/federation/simulate-federation.ts";
import { createSoakDatabase, type SoakDatabase } from "../tests/simulation/federation/soak-databases.ts";
import { tellWorld } from "../tests/simulation/federation/tell-world.ts";
import { isMain } from "./house/is-main.ts";
import { repositoryRoot } from "./house/repository-root.ts";
import { wholeNumber } from "./house/whole-number.ts";

const folder = join(repositoryRoot, "build", "soak");
const progressFile = join(folder, "federation.json");
const serverCount = 4;

let isStopped = false;

/** What an unfinished soak has behind it. */
interface Progress {
	/** Seeds from 1 on. */
	readonly done: number;
	readonly failed: readonly number[];
}

/** @returns how many seeds failed */
export async function main(args: readonly string[]): Promise<number> {
	const { values } = parseArgs({
		args: [...args],
		options: {
			seeds: { type: "string", default: "500" },
			seed: { type: "string" },
			rounds: { type: "string" },
			fresh: { type: "boolean", default: false },
		},
	});
	if (values.fresh) await rm(progressFile, { force: true });
	const rounds = values.rounds === undefined ? undefined : wholeNumber("--rounds", values.rounds);
	await mkdir(folder, { recursive: true });
	const postgres = await startTestPostgres();
	for (const signal of ["SIGINT", "SIGTERM"] as const) {
		process.once(signal, () => {
			// The seed under way breaks off, which says nothing of it.
			isStopped = true;
			void postgres.stop().finally(() => process.exit(1));
		});
	}
	try {
		const disks = await Promise.all(
			Array.from({ length: serverCount }, () => createSoakDatabase(postgres.connectionString)),
		);
		if (values.seed === undefined) return await runAll(disks, { seeds: wholeNumber("--seeds", values.seeds), rounds });
		return (await runSeed(disks, { seed: wholeNumber("--seed", values.seed), rounds })) ? 0 : 1;
	} finally {
		await postgres.stop();
	}
}

async function runAll(
	disks: readonly SoakDatabase[],
	{ seeds, rounds }: { readonly seeds: number; readonly rounds: number | undefined },
): Promise<number> {
	let progress = await readProgress();
	while (progress.done < seeds) {
		const seed = progress.done + 1;
		const holds = await runSeed(disks, { seed, rounds });
		if (isStopped) return 1;
		progress = { done: seed, failed: holds ? progress.failed : [...progress.failed, seed] };
		await keepProgress(progress);
	}
	const { failed } = progress;
	console.log(`federation: ${seeds} seeds, ${failed.length} failed${failed.map((seed) => ` ${seed}`).join("")}`);
	await rm(progressFile, { force: true });
	return failed.length;
}

async function runSeed(
	disks: readonly SoakDatabase[],
	{ seed, rounds }: { readonly seed: number; readonly rounds: number | undefined },
): Promise<boolean> {
	const startMs = performance.now();
	await Promise.all(disks.map((disk) => disk.empty()));
	const faults = [...(await faultsOf(seed, { disks, rounds, startMs }))];
	for (const fault of faults) console.error(`  seed ${seed}: ${fault}`);
	return faults.length === 0;
}

async function faultsOf(
	seed: number,
	{
		disks,
		rounds,
		startMs,
	}: { readonly disks: readonly SoakDatabase[]; readonly rounds: number | undefined; readonly startMs: number },
): Promise<readonly string[]> {
	const script = writeScript(seed, rounds === undefined ? {} : { rounds });
	let simulated: Simulated;
	try {
		simulated = await simulateFederation(script, disks);
	} catch (error) {
		// One that breaks off is one that went wrong, and its seed is worth as much.
		return [`broke off: ${error instanceof Error ? error.stack : String(error)}`];
	}
	const { faults, counts } = simulated;
	const seconds = ((performance.now() - startMs) / 1000).toFixed(1);
	const told = Object.entries(counts).map(([name, count]) => `${count} ${name}`);
	if (faults.length > 0) await writeFile(join(folder, `federation-${seed}.txt`), await tellWorld(simulated.world));
	console.log(`seed ${seed}, version ${script.versionId}: ${faults.length} faults, ${told.join(", ")}, ${seconds} s`);
	return faults;
}

async function readProgress(): Promise<Progress> {
	const text = await readFile(progressFile, "utf8").catch(() => "{}");
	const { done = 0, failed = [] }: Partial<Progress> = JSON.parse(text);
	return { done, failed };
}

async function keepProgress(reached: Progress): Promise<void> {
	const draft = `${progressFile}.draft`;
	await writeFile(draft, JSON.stringify(reached));
	await rename(draft, progressFile);
}

if (isMain(import.meta.url)) {
	process.exitCode = (await main(process.argv.slice(2))) === 0 ? 0 : 1;
}
