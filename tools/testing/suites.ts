import { join } from "node:path";
import { repositoryRoot } from "../house/repository-root.ts";
import type { CommandEnvironment } from "../house/run-command.ts";
import { readPlaywrightReport, readVitestReport } from "./read-reports.ts";
import type { SuiteCounts } from "./suite-result.ts";

export interface Suite {
	/** Its key in tools/test-budgets.json. */
	readonly name: string;
	/** What follows `node`, given the file in which the runner leaves its report. */
	readonly args: (reportPath: string) => readonly string[];
	readonly env?: (reportPath: string) => CommandEnvironment;
	/** Nothing for a program that is one test by itself: its exit status is its report. */
	readonly readReport?: (text: string) => SuiteCounts;
	readonly needsBuild?: boolean;
}

const packages = (path: string): string => join(repositoryRoot, "node_modules", path);

/** What a fresh machine can run within `npm test`. */
export const mainSuites: readonly Suite[] = [
	vitestSuite("unit", "unit"),
	vitestSuite("tools", "tools"),
	vitestSuite("database", "db"),
	{ ...vitestSuite("durability", "durability"), needsBuild: true },
	{ ...vitestSuite("two servers", "interop", ["tests/interop/two-kiths."]), needsBuild: true },
	playwrightSuite("end-to-end", "main"),
];

/** What takes longer than anybody waits for. */
export const longSuites: readonly Suite[] = [
	{ ...vitestSuite("database, PostgreSQL 15", "db"), env: () => ({ KITH_TEST_POSTGRES: "15" }) },
	playwrightSuite("end-to-end, long", "full"),
	{
		...vitestSuite("two servers, long", "interop", [
			"tests/interop/two-kiths-",
			"tests/interop/hostile",
			"tests/interop/rotated-key",
			"tests/interop/matrix-by-next",
			"tests/interop/own-tls",
		]),
		needsBuild: true,
	},
	{
		...vitestSuite("cut connections", "durability", ["tests/durability/cut-stream"]),
		env: () => ({ KITH_TEST_CUTS: "200" }),
		needsBuild: true,
	},
	{
		name: "soak, federation",
		args: () => ["--import", "tsx", join(repositoryRoot, "tools/soak-federation.ts"), "--fresh", "--seeds", "60"],
	},
	{
		name: "soak, e2ee",
		args: () => ["--import", "tsx", join(repositoryRoot, "tools/soak-e2ee.ts"), "--fresh", "--seeds", "4"],
	},
	{ name: "soak", args: () => ["--import", "tsx", join(repositoryRoot, "tools/soak.ts")], needsBuild: true },
];

function vitestSuite(name: string, project: string, files: readonly string[] = []): Suite {
	return {
		name,
		args: (reportPath) => [
			packages("vitest/vitest.mjs"),
			...["run", "--project", project, "--reporter=default", "--reporter=json", `--outputFile.json=${reportPath}`],
			...files,
		],
		readReport: readVitestReport,
	};
}

function playwrightSuite(name: string, project: string): Suite {
	return {
		name,
		args: () => [packages("@playwright/test/cli.js"), "test", "--project", project, "--reporter=list,json"],
		env: (reportPath) => ({ PLAYWRIGHT_JSON_OUTPUT_NAME: reportPath }),
		readReport: readPlaywrightReport,
		needsBuild: true,
	};
}
