/**
 * `npm run soak:e2ee`: four people with up to three devices each, on two servers, live at random, seed after seed; at the end of each
 * every device must read what it was entitled to, and nothing else. A run that was stopped goes on where it was.
 *
 *   --seeds N         so many (20 by default)
 *   --seed S          this one alone; the state of earlier runs is left alone
 *   --actions N       so many actions a seed (2,000 by default)
 *   --calm            each action waits until the one before has arrived at the other server, as in the tests
 *   --fresh           begins anew
 */
import { parseArgs } from "node:util";
import { liveAtRandom } from "../tests/crypto/random/random-life.ts";
import { isMain } from "./house/is-main.ts";
import { wholeNumber } from "./house/whole-number.ts";
import { runSeeds } from "./soaking/run-seeds.ts";

/** @returns how many seeds failed */
export async function main(args: readonly string[]): Promise<number> {
	const { values } = parseArgs({
		args: [...args],
		options: {
			seeds: { type: "string", default: "20" },
			seed: { type: "string" },
			actions: { type: "string", default: "2000" },
			calm: { type: "boolean", default: false },
			fresh: { type: "boolean", default: false },
		},
	});
	const actions = wholeNumber("--actions", values.actions);
	return runSeeds({
		...{ name: "e2ee", diskCount: 2, isFresh: values.fresh, seeds: wholeNumber("--seeds", values.seeds) },
		only: values.seed === undefined ? undefined : wholeNumber("--seed", values.seed),
		run: async (seed, disks) => {
			const startMs = performance.now();
			const { faults, counts } = await liveAtRandom(disks, { seed, actions, isHurried: !values.calm });
			const told = Object.entries(counts).map(([name, count]) => `${count} ${name}`);
			const seconds = ((performance.now() - startMs) / 1000).toFixed(1);
			console.log(`seed ${seed}: ${faults.length} faults, ${told.join(", ")}, ${seconds} s`);
			return faults;
		},
	});
}

if (isMain(import.meta.url)) {
	process.exitCode = (await main(process.argv.slice(2))) === 0 ? 0 : 1;
}
