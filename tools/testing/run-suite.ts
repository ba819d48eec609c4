import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCommand } from "../house/run-command.ts";
import { judgeSuite, type SuiteCounts, type SuiteResult } from "./suite-result.ts";
import type { Suite } from "./suites.ts";

export interface SuiteSettings {
	readonly cwd: string;
	readonly budgetSeconds: number;
	readonly onOutput?: (piece: string) => void;
}

/** A suite may overrun on a slow machine, and says by how much; one that takes so many times its budget is ended, and fails. */
const patience = 4;

export async function runSuite(suite: Suite, settings: SuiteSettings): Promise<SuiteResult> {
	const folder = await mkdtemp(join(tmpdir(), "kith-report-"));
	const reportPath = join(folder, "report.json");
	const result = await runCommand(process.execPath, suite.args(reportPath), {
		cwd: settings.cwd,
		env: { NO_COLOR: "1", FORCE_COLOR: undefined, ...suite.env?.(reportPath) },
		timeoutMs: settings.budgetSeconds * patience * 1000,
		...(settings.onOutput === undefined ? {} : { onOutput: settings.onOutput }),
	});
	const counts = await readCounts(suite, reportPath, result.code);
	await rm(folder, { recursive: true, force: true });
	const { budgetSeconds } = settings;
	return judgeSuite({ counts, exitCode: result.code, seconds: result.durationMs / 1000, budgetSeconds });
}

async function readCounts({ readReport }: Suite, path: string, exitCode: number): Promise<SuiteCounts | undefined> {
	if (readReport === undefined) return { passed: exitCode === 0 ? 1 : 0, failed: exitCode === 0 ? 0 : 1, skipped: 0 };
	try {
		return readReport(await readFile(path, "utf8"));
	} catch {
		return undefined;
	}
}
