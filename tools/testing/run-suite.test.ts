import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { makeSandbox } from "../house/sandbox.ts";
import { runSuite } from "./run-suite.ts";
import { formatTotal, judgeSuite, tellOverrun } from "./suite-result.ts";
import { longSuites, mainSuites, type Suite } from "./suites.ts";

const budgets: Record<string, number> = JSON.parse(
	readFileSync(new URL("../test-budgets.json", import.meta.url), "utf8"),
);

function suiteNamed(name: string): Suite {
	const suite = mainSuites.find((one) => one.name === name);
	if (suite === undefined) throw new Error(`no suite ${name}`);
	return suite;
}

const vitestFiles = {
	"vitest.config.ts": 'export default { test: { projects: [{ test: { name: "unit", include: ["*.test.ts"] } }] } };',
	"two-of-three.test.ts": `import { expect, it } from "vitest";
it("passes", () => expect(1).toBe(1));
it("passes too", () => expect(1).toBe(1));
it("fails", () => expect(1).toBe(2));
it.${"skip"}("is left out", () => {});`,
	"does-not-load.test.ts": 'import "./nowhere.ts";',
};

const playwrightFiles = {
	"playwright.config.ts": 'export default { projects: [{ name: "main" }] };',
	"one-of-two.test.ts": `import { expect, test } from "@playwright/test";
test("passes", () => expect(1).toBe(1));
test("fails", () => expect(1).toBe(2));`,
};

it("counts what Vitest ran, and a file that does not load", async () => {
	await using sandbox = await makeSandbox([], vitestFiles);
	const result = await runSuite(suiteNamed("unit"), { cwd: sandbox.root, budgetSeconds: 60 });
	expect(result).toEqual({ passed: 2, failed: 2, skipped: 1, faults: [], seconds: expect.any(Number) });
});

it("counts what Playwright ran", async () => {
	await using sandbox = await makeSandbox([], playwrightFiles);
	const result = await runSuite(suiteNamed("end-to-end"), { cwd: sandbox.root, budgetSeconds: 60 });
	expect(result).toEqual({ passed: 1, failed: 1, skipped: 0, faults: [], seconds: expect.any(Number) });
});

it("takes a runner that can't start, and one that finds nothing, for failures", async () => {
	await using sandbox = await makeSandbox([], { "vitest.config.ts": "throw new Error('broken');" });
	const broken = await runSuite(suiteNamed("unit"), { cwd: sandbox.root, budgetSeconds: 60 });
	expect(broken).toMatchObject({ passed: 0, failed: 1, faults: ["ended without a report (exit 1)"] });
	expect(
		judgeSuite({ counts: { passed: 0, failed: 0, skipped: 3 }, exitCode: 0, seconds: 1, budgetSeconds: 9 }),
	).toEqual({
		passed: 0,
		failed: 1,
		skipped: 3,
		seconds: 1,
		faults: ["ran no test"],
	});
});

it("fails a suite that passes but exits with an error, and says of one that it overruns its budget", () => {
	const counts = { passed: 5, failed: 0, skipped: 0 };
	expect(judgeSuite({ counts, exitCode: 0, seconds: 9, budgetSeconds: 9 })).toMatchObject({ failed: 0, faults: [] });
	expect(judgeSuite({ counts, exitCode: 1, seconds: 9, budgetSeconds: 9 })).toMatchObject({ passed: 5, failed: 1 });
	expect(judgeSuite({ counts, exitCode: 0, seconds: 9.1, budgetSeconds: 9 })).toMatchObject({
		failed: 0,
		faults: [],
		overrun: "took 10 s, its budget is 9 s",
	});
});

it("tells of a run that takes longer than all its budgets", () => {
	expect(tellOverrun([{ seconds: 60 }, { seconds: 40 }], 100)).toBeUndefined();
	expect(tellOverrun([{ seconds: 60 }, { seconds: 40.1 }], 100)).toBe(
		"all together took 101 s, their budgets are 100 s",
	);
});

it("sums all runners into one line", () => {
	const results = [
		{ passed: 2, failed: 1, skipped: 0 },
		{ passed: 40, failed: 0, skipped: 9 },
	];
	expect(formatTotal(results)).toBe("42 passed, 1 failed");
});

it("has a budget for each suite, and twelve minutes for all that npm test runs", () => {
	for (const { name } of [...mainSuites, ...longSuites]) expect(budgets[name]).toBeGreaterThan(0);
	const total = mainSuites.reduce((sum, { name }) => sum + (budgets[name] ?? 0), 0);
	expect(total).toBeLessThanOrEqual(12 * 60);
});
