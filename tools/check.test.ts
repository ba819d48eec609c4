import { expect, it } from "vitest";
import { runChecks } from "./check.ts";

it("names the checks that failed and shows what they said, and only that", async () => {
	const lines: string[] = [];
	const checks = [
		{ name: "holds", args: ["-e", "console.log('all is well')"] },
		{ name: "breaks", args: ["-e", "console.error('line '.repeat(3)); process.exit(2)"] },
		{ name: "is not there", args: ["nowhere.mjs"] },
	];
	expect((await runChecks(checks, (line) => lines.push(line))).sort()).toEqual(["breaks", "is not there"]);
	expect(lines).toContainEqual(expect.stringMatching(/^ok {3}holds .* s {2}all is well$/));
	expect(lines).toContainEqual(expect.stringMatching(/^FAIL breaks/));
	expect(lines).toContain("     line line line");
});
