import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Finding, reportFindings } from "./house/finding.ts";
import { isMain } from "./house/is-main.ts";
import { repositoryRoot } from "./house/repository-root.ts";
import { runCommand } from "./house/run-command.ts";

interface MeasuredPage {
	readonly name: string;
	readonly passed: boolean;
	readonly size: number;
	readonly sizeLimit: number;
}

/** The first-load script of each page that has a budget in .size-limit.mjs; a build has to be there. */
export async function measureBundle(root: string): Promise<MeasuredPage[]> {
	const program = join(repositoryRoot, "node_modules/size-limit/bin.js");
	const result = await runCommand(process.execPath, [program, "--json"], { cwd: root });
	const answer: MeasuredPage[] | { readonly error: string } = JSON.parse(result.stdout);
	if ("error" in answer) throw new Error(answer.error.split("\n")[0]);
	return answer;
}

export function findHeavyPages(pages: readonly MeasuredPage[]): Finding[] {
	const heavy = pages.filter(({ passed }) => !passed);
	return heavy.map(({ name, size, sizeLimit }) => ({
		rule: "first-load",
		file: name,
		text: `${inKilobytes(size)} of script, at most ${inKilobytes(sizeLimit)}`,
	}));
}

function inKilobytes(bytes: number): string {
	return `${(bytes / 1000).toFixed(1)} kB`;
}

async function reportBundle(): Promise<number> {
	const pages = await measureBundle(repositoryRoot);
	const sizes = pages.map(({ name, size }) => `${name} ${inKilobytes(size)}`).join(", ");
	return reportFindings(findHeavyPages(pages), `first load: ${sizes}`);
}

if (isMain(import.meta.url)) {
	if (existsSync(join(repositoryRoot, ".next/build-manifest.json"))) {
		process.exitCode = await reportBundle().catch((error: unknown) => {
			console.log(error instanceof Error ? error.message : error);
			return 1;
		});
	} else {
		console.log("not measured: there is no build (npm run build makes one)");
		// The machine that guards the budgets always builds first; without a build there it would guard nothing.
		process.exitCode = process.env.CI === undefined ? 0 : 1;
	}
}
