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
	/** That it took longer than its budget, which may be the machine's fault and fails nothing. */
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
	return { ...known, failed: known.failed + faults.length, faults, ...(seconds > budgetSeconds && { overrun }) };
}

/** The last line of a run, by which others read it. */
export function formatTotal(results: readonly SuiteCounts[]): string {
	const sum = (count: (result: SuiteCounts) => number): number => results.reduce((total, one) => total + count(one), 0);
	return `${sum(({ passed }) => passed)} passed, ${sum(({ failed }) => failed)} failed`;
}
