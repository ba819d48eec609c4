import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isBuilt } from "./build-app.mjs";
import { isMain } from "./house/is-main.ts";
import { repositoryRoot } from "./house/repository-root.ts";
import { runCommand } from "./house/run-command.ts";
import { runSuite } from "./testing/run-suite.ts";
import { formatTotal, type SuiteResult, tellOverrun } from "./testing/suite-result.ts";
import { longSuites, mainSuites, type Suite } from "./testing/suites.ts";

const show = (piece: string): boolean => process.stdout.write(piece);

/** Runs every suite, one after the other, and says at the end what all runners counted together. */
async function runTests(suites: readonly Suite[]): Promise<number> {
	const budgets: Record<string, number> = JSON.parse(
		readFileSync(join(repositoryRoot, "tools/test-budgets.json"), "utf8"),
	);
	const results: SuiteResult[] = [];
	const faults: string[] = [];
	for (const suite of suites) {
		const budgetSeconds = budgets[suite.name];
		if (budgetSeconds === undefined) throw new Error(`tools/test-budgets.json has no budget for ${suite.name}`);
		show(`\n== ${suite.name} (at most ${budgetSeconds} s)\n`);
		const isReady = suite.needsBuild !== true || (await buildWhenStale());
		const result = isReady
			? await runSuite(suite, { cwd: repositoryRoot, budgetSeconds, onOutput: show })
			: { passed: 0, failed: 1, skipped: 0, seconds: 0, faults: ["the build failed"] };
		results.push(result);
		if (result.overrun !== undefined) show(`${suite.name}: ${result.overrun}\n`);
		faults.push(...result.faults.map((fault) => `${suite.name}: ${fault}`));
	}
	const together = suites.reduce((sum, { name }) => sum + (budgets[name] ?? 0), 0);
	const overrun = tellOverrun(results, together);
	if (overrun !== undefined) show(`\n${overrun}\n`);
	const skipped = results.reduce((total, result) => total + result.skipped, 0);
	show(`\n${faults.map((fault) => `${fault}\n`).join("")}${skipped > 0 ? `${skipped} skipped\n` : ""}`);
	show(`${formatTotal(results)}\n`);
	return results.length > 0 && results.every(({ failed }) => failed === 0) ? 0 : 1;
}

async function buildWhenStale(): Promise<boolean> {
	if (isBuilt()) return true;
	const args = ["--import", "tsx", join(repositoryRoot, "tools/build.ts")];
	const { code } = await runCommand(process.execPath, args, { cwd: repositoryRoot, onOutput: show });
	return code === 0;
}

/** `--full` adds the long suites; words choose the suites whose name holds one of them. */
function chooseSuites(args: readonly string[]): readonly Suite[] {
	const suites = args.includes("--full") ? [...mainSuites, ...longSuites] : mainSuites;
	const words = args.filter((word) => !word.startsWith("--"));
	return words.length === 0 ? suites : suites.filter(({ name }) => words.some((word) => name.includes(word)));
}

if (isMain(import.meta.url)) process.exitCode = await runTests(chooseSuites(process.argv.slice(2)));
