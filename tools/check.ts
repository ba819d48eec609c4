import { join } from "node:path";
import { isMain } from "./house/is-main.ts";
import { repositoryRoot } from "./house/repository-root.ts";
import { runCommand } from "./house/run-command.ts";
import { runInLanes } from "./house/run-in-lanes.ts";

export interface Check {
	readonly name: string;
	/** What follows `node`. */
	readonly args: readonly string[];
}

const packages = (path: string): string => join(repositoryRoot, "node_modules", path);
const tool = (name: string): string[] => ["--import", "tsx", join(repositoryRoot, "tools", name)];

/** The long ones come first, so that the short ones fill what is left of the time. */
const checks: readonly Check[] = [
	{ name: "types", args: [packages("typescript/bin/tsc"), "-p", "tsconfig.json", "--noEmit"] },
	{
		name: "lint",
		args: [packages("@biomejs/biome/bin/biome"), "check", ".", "--error-on-warnings", "--reporter=concise"],
	},
	{ name: "federation fence", args: [packages("typescript/bin/tsc"), "-p", "federation"] },
	{ name: "architecture", args: tool("check-architecture.ts") },
	{ name: "dead code", args: [packages("knip/bin/knip.js"), "--no-progress", "--no-config-hints"] },
	{ name: "house", args: tool("check-house.ts") },
	{ name: "cited rules", args: tool("check-spec-citations.ts") },
	{ name: "lock", args: [...tool("complete-lock.ts"), "--check"] },
	{ name: "bundle", args: tool("check-bundle.ts") },
	{ name: "dependencies", args: tool("check-audit.ts") },
];

const maxLinesShown = 60;

/** Runs the checks, two at a time, and shows of each what is needed to put it right; says which failed. */
export async function runChecks(chosen: readonly Check[], print: (line: string) => void): Promise<string[]> {
	const failed: string[] = [];
	await runInLanes(chosen, 2, async ({ name, args }) => {
		const result = await runCommand(process.execPath, args, { cwd: repositoryRoot, env: { NO_COLOR: "1" } });
		const seconds = (result.durationMs / 1000).toFixed(1);
		const lines = result.output.trim().split("\n");
		const remark = result.code === 0 && lines.length === 1 && lines[0] !== "" ? `  ${lines[0]}` : "";
		print(`${result.code === 0 ? "ok  " : "FAIL"} ${name.padEnd(16)} ${seconds.padStart(5)} s${remark}`);
		if (result.code === 0) return;
		failed.push(name);
		for (const line of lines.slice(0, maxLinesShown)) print(`     ${line}`);
		if (lines.length > maxLinesShown) print(`     … and ${lines.length - maxLinesShown} more lines`);
	});
	return failed;
}

if (isMain(import.meta.url)) {
	const words = process.argv.slice(2);
	const chosen = checks.filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)));
	const failed = await runChecks(chosen, console.log);
	console.log(failed.length === 0 ? `${chosen.length} checks hold` : `failed: ${failed.join(", ")}`);
	process.exitCode = failed.length === 0 && chosen.length > 0 ? 0 : 1;
}
