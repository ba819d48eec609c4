/**
 * Runs many simulated room histories and looks for servers that end with different rooms. Each seed stands for itself:
 * a run that was stopped goes on with `--from` and the seed that was printed last.
 */
import { parseArgs } from "node:util";
import { disagreementsAmong, simulate } from "../tests/simulation/converge.ts";

const versionIds = ["11", "12"] as const;
const seedsPerLine = 50;

/**
 * Runs `--seeds N` (2,000 by default) histories per room version, beginning with seed `--from S` (1 by default).
 * @returns how many of them diverged
 */
export async function main(args: readonly string[]): Promise<number> {
	const { values } = parseArgs({
		args: [...args],
		options: { seeds: { type: "string", default: "2000" }, from: { type: "string", default: "1" } },
	});
	const [count, from] = [readNumber("--seeds", values.seeds), readNumber("--from", values.from)];
	let diverged = 0;
	for (let seed = from; seed < from + count; seed++) {
		diverged += await runSeed(seed);
		const done = seed - from + 1;
		if (done % seedsPerLine === 0 || done === count) {
			console.log(`convergence: seeds ${from} to ${seed} done, ${diverged} diverged; go on with --from ${seed + 1}`);
		}
	}
	return diverged;
}

async function runSeed(seed: number): Promise<number> {
	let diverged = 0;
	for (const versionId of versionIds) {
		const found = await disagreementsOf(seed, versionId);
		if (found.length === 0) continue;
		diverged += 1;
		console.error(`convergence: seed ${seed}, version ${versionId}: ${found.slice(0, 3).join("; ")}`);
	}
	return diverged;
}

/** A history that breaks off is one that went wrong, and its seed is worth as much. */
async function disagreementsOf(seed: number, versionId: (typeof versionIds)[number]): Promise<readonly string[]> {
	try {
		return disagreementsAmong(await simulate(seed, versionId));
	} catch (error) {
		return [`broke off: ${error instanceof Error ? error.message : String(error)}`];
	}
}

function readNumber(name: string, text: string): number {
	const number = Number(text);
	if (!Number.isSafeInteger(number) || number < 0) throw new Error(`${name} takes a whole number, not ${text}`);
	return number;
}
