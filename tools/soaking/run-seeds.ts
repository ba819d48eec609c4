import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { startTestPostgres } from "../../tests/setup/test-postgres.ts";
import { createSoakDatabase, type SoakDatabase } from "../../tests/simulation/federation/soak-databases.ts";
import { repositoryRoot } from "../house/repository-root.ts";

/** Where soaks keep how far they are, and what went wrong. */
export const soakFolder = join(repositoryRoot, "build", "soak");

export interface SeedRun {
	/** Names the file that says how far it is. */
	readonly name: string;
	/** So many, from 1 on; a run that was stopped goes on. */
	readonly seeds: number;
	/** This one alone; how far earlier runs are is left alone. */
	readonly only?: number | undefined;
	/** Begins anew. */
	readonly isFresh: boolean;
	/** How many servers' databases a seed takes; they are empty when it begins. */
	readonly diskCount: number;
	/** Answers what went wrong. */
	readonly run: (seed: number, disks: readonly SoakDatabase[]) => Promise<readonly string[]>;
}

/** What an unfinished soak has behind it. */
interface Progress {
	/** Seeds from 1 on. */
	readonly done: number;
	readonly failed: readonly number[];
}

let isStopped = false;

/**
 * Runs seed after seed on a PostgreSQL of its own and says what went wrong.
 * @returns how many seeds failed
 */
export const runSeeds = async (run: SeedRun): Promise<number> => {
	if (run.isFresh) await rm(progressFile(run), { force: true });
	await mkdir(soakFolder, { recursive: true });
	const postgres = await startTestPostgres();
	for (const signal of ["SIGINT", "SIGTERM"] as const) {
		process.once(signal, () => {
			// The seed under way breaks off, which says nothing of it.
			isStopped = true;
			void postgres.stop().finally(() => process.exit(1));
		});
	}
	try {
		const making = Array.from({ length: run.diskCount }, () => createSoakDatabase(postgres.connectionString));
		const disks = await Promise.all(making);
		if (run.only === undefined) return await runAll(run, disks);
		return (await runSeed(run, run.only, disks)) ? 0 : 1;
	} finally {
		await postgres.stop();
	}
};

const progressFile = ({ name }: SeedRun): string => join(soakFolder, `${name}.json`);

const runAll = async (run: SeedRun, disks: readonly SoakDatabase[]): Promise<number> => {
	let progress = await readProgress(run);
	while (progress.done < run.seeds) {
		const seed = progress.done + 1;
		const holds = await runSeed(run, seed, disks);
		if (isStopped) return 1;
		progress = { done: seed, failed: holds ? progress.failed : [...progress.failed, seed] };
		await keepProgress(run, progress);
	}
	const { failed } = progress;
	console.log(`${run.name}: ${run.seeds} seeds, ${failed.length} failed${failed.map((seed) => ` ${seed}`).join("")}`);
	await rm(progressFile(run), { force: true });
	return failed.length;
};

const runSeed = async (run: SeedRun, seed: number, disks: readonly SoakDatabase[]): Promise<boolean> => {
	await Promise.all(disks.map((disk) => disk.empty()));
	let faults: readonly string[];
	try {
		faults = await run.run(seed, disks);
	} catch (error) {
		// One that breaks off is one that went wrong, and its seed is worth as much.
		faults = [`broke off: ${error instanceof Error ? error.stack : String(error)}`];
	}
	for (const fault of faults) console.error(`  seed ${seed}: ${fault}`);
	return faults.length === 0;
};

const readProgress = async (run: SeedRun): Promise<Progress> => {
	const text = await readFile(progressFile(run), "utf8").catch(() => "{}");
	const { done = 0, failed = [] }: Partial<Progress> = JSON.parse(text);
	return { done, failed };
};

const keepProgress = async (run: SeedRun, reached: Progress): Promise<void> => {
	const draft = `${progressFile(run)}.draft`;
	await writeFile(draft, JSON.stringify(reached));
	await rename(draft, progressFile(run));
};
