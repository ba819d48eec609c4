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
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { writeScript } from "../tests/simulation/federation/script.ts";
import { simulateFederation } from "../tests/simulation/federation/simulate-federation.ts";
import type { SoakDatabase } from "../tests/simulation/federation/soak-databases.ts";
import { tellWorld } from "../tests/simulation/federation/tell-world.ts";
import { isMain } from "./house/is-main.ts";
import { wholeNumber } from "./house/whole-number.ts";
import { runSeeds, soakFolder } from "./soaking/run-seeds.ts";

const serverCount = 4;

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
	const rounds = values.rounds === undefined ? undefined : wholeNumber("--rounds", values.rounds);
	return runSeeds({
		...{ name: "federation", diskCount: serverCount, isFresh: values.fresh },
		seeds: wholeNumber("--seeds", values.seeds),
		only: values.seed === undefined ? undefined : wholeNumber("--seed", values.seed),
		run: (seed, disks) => faultsOf(seed, disks, rounds),
	});
}

async function faultsOf(
	seed: number,
	disks: readonly SoakDatabase[],
	rounds: number | undefined,
): Promise<readonly string[]> {
	const startMs = performance.now();
	const script = writeScript(seed, rounds === undefined ? {} : { rounds });
	const { faults, counts, world } = await simulateFederation(script, disks);
	const seconds = ((performance.now() - startMs) / 1000).toFixed(1);
	const told = Object.entries(counts).map(([name, count]) => `${count} ${name}`);
	if (faults.length > 0) await writeFile(join(soakFolder, `federation-${seed}.txt`), await tellWorld(world));
	console.log(`seed ${seed}, version ${script.versionId}: ${faults.length} faults, ${told.join(", ")}, ${seconds} s`);
	return faults;
}

if (isMain(import.meta.url)) {
	process.exitCode = (await main(process.argv.slice(2))) === 0 ? 0 : 1;
}
