import { describe, expect, it } from "vitest";
import { tableOf, withTable } from "./interop-table.ts";

const result = (version: string, title: string, status = "passed") => ({
	ancestorTitles: [`version ${version}`, "first"],
	title,
	status,
});

describe("the table of what was tried with another homeserver", () => {
	it("has one row a test with its versions, and names those in which it failed", () => {
		const assertionResults = [result("10", "a kick"), result("11", "a kick", "failed"), result("11", "a ban")];
		const table = tableOf({ testResults: [{ assertionResults }] }, "Synapse 1.0");
		expect(table.split("\n").slice(2)).toEqual([
			"| a kick | 10, 11 | Synapse 1.0 | failed in 11 |",
			"| a ban | 11 | Synapse 1.0 | passed |",
		]);
	});

	it("says what was left out, unless it failed elsewhere", () => {
		const assertionResults = [
			result("10", "a list", "skipped"),
			result("11", "a list"),
			result("10", "a day", "skipped"),
			result("11", "a day", "failed"),
		];
		expect(
			tableOf({ testResults: [{ assertionResults }] }, "Synapse 1.0")
				.split("\n")
				.slice(2),
		).toEqual([
			"| a list | 10, 11 | Synapse 1.0 | left out: the peer does not offer it |",
			"| a day | 10, 11 | Synapse 1.0 | failed in 11 |",
		]);
	});

	it("takes the place of the table before and of nothing else", () => {
		const page = "# Head\n<!-- written by npm run test:interop: begin -->\nold\n<!-- end -->\nfoot\n";
		const next = withTable(page, "new");
		expect(next).toBe("# Head\n<!-- written by npm run test:interop: begin -->\nnew\n<!-- end -->\nfoot\n");
		expect(withTable(next, "new")).toBe(next);
		expect(() => withTable("# Head\n", "new")).toThrow("no “<!-- written");
	});
});
