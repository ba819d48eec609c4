/** What a runner says about the tests it ran. */
export interface SuiteCounts {
	readonly passed: number;
	readonly failed: number;
	readonly skipped: number;
}

export interface SuiteRun {
	/** Nothing where the runner ended without a report. */
	readonly counts: SuiteCounts | undefined;
	readonly exitCode: number;
	readonly seconds: number;
	readonly budgetSeconds: number;
}

export interface SuiteResult extends SuiteCounts {
	/** Why the suite failed beyond its single tests; each counts as one failure. */
	readonly faults: readonly string[];
	readonly seconds: number;
	/** That it took longer than its budget. That is told, and fails nothing. */
	readonly overrun?: string;
}

/** Adds to a runner's counts what the runner does not know: that it crashed, ran nothing, or took longer than it should. */
export function judgeSuite({ counts, exitCode, seconds, budgetSeconds }: SuiteRun): SuiteResult {
	const known = counts ?? { passed: 0, failed: 0, skipped: 0 };
	const faults: string[] = [];
	if (counts === undefined) faults.push(`ended without a report (exit ${exitCode})`);
	else if (known.passed + known.failed === 0) faults.push("ran no test");
	else if (exitCode !== 0 && known.failed === 0) faults.push(`failed outside its tests (exit ${exitCode})`);
	const overrun = `took ${Math.ceil(seconds)} s, its budget is ${budgetSeconds} s`;
	return {
		...known,
		failed: known.failed + faults.length,
		faults,
		seconds,
		...(seconds > budgetSeconds && { overrun }),
	};
}

/**
 * How long the suites of a run took together, where that is longer than their budgets. It is told and fails nothing: the same
 * tests take twice as long on one day, or one machine, as on another, and what hangs is ended by its suite.
 */
export function tellOverrun(
	results: readonly Pick<SuiteResult, "seconds">[],
	budgetSeconds: number,
): string | undefined {
	const seconds = results.reduce((sum, result) => sum + result.seconds, 0);
	if (seconds <= budgetSeconds) return undefined;
	return `all together took ${Math.ceil(seconds)} s, their budgets are ${budgetSeconds} s`;
}

/** The last line of a run, by which others read it. */
export function formatTotal(results: readonly SuiteCounts[]): string {
	const sum = (count: (result: SuiteCounts) => number): number => results.reduce((total, one) => total + count(one), 0);
	return `${sum(({ passed }) => passed)} passed, ${sum(({ failed }) => failed)} failed`;
}
