import type { SuiteCounts } from "./suite-result.ts";

interface VitestReport {
	readonly numPassedTests: number;
	readonly numFailedTests: number;
	readonly numPendingTests: number;
	readonly numTodoTests: number;
	readonly testResults: readonly {
		readonly status: string;
		readonly assertionResults: readonly { readonly status: string }[];
	}[];
}

interface PlaywrightReport {
	readonly stats: {
		readonly expected: number;
		readonly unexpected: number;
		readonly flaky: number;
		readonly skipped: number;
	};
	/** Failures outside tests: a file that does not load, a set-up that throws. */
	readonly errors: readonly unknown[];
}

/** A file that failed although none of its tests did (it did not load, a hook threw) is one failure. */
export function readVitestReport(text: string): SuiteCounts {
	const report: VitestReport = JSON.parse(text);
	const broken = report.testResults.filter(
		({ status, assertionResults }) =>
			status === "failed" && !assertionResults.some((assertion) => assertion.status === "failed"),
	);
	return {
		passed: report.numPassedTests,
		failed: report.numFailedTests + broken.length,
		skipped: report.numPendingTests + report.numTodoTests,
	};
}

/** A test that passed at its second try has failed. */
export function readPlaywrightReport(text: string): SuiteCounts {
	const { stats, errors }: PlaywrightReport = JSON.parse(text);
	return {
		passed: stats.expected,
		failed: stats.unexpected + stats.flaky + errors.length,
		skipped: stats.skipped,
	};
}
