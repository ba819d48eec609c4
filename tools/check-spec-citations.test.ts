import { expect, it } from "vitest";
import { checkSpecCitations } from "./check-spec-citations.ts";
import { makeSandbox } from "./house/sandbox.ts";

const findingsIn = async (spec: string, tests: string): Promise<string[]> => {
	await using sandbox = await makeSandbox([], { "federation/SPEC.md": spec, "federation/events/a.test.ts": tests });
	return (await checkSpecCitations(sandbox.root)).map(({ file, line, text }) => `${file}:${line} ${text}`);
};

it("is content when each rule begins a title, alone, in a list, in a table of rows or as a group", async () => {
	const spec = 'EVT-1, EVT-2\n| AUTH-JOIN | 6–12 | "refuses a stranger" |\n`JSON-01` SIG-1 RES-A-B';
	const tests = [
		'it("EVT-1, EVT-2: both", () => {});',
		'test.each([1])("AUTH-JOIN: refuses a stranger (v%s)", () => {});',
		'describe("JSON-01 group", () => { it("holds a test", () => {}); });',
		"for (const id of [1]) test(`SIG-1 in version $" + "{id}`, () => {});",
		`test.${"skipIf"}(false)("RES-A-B where the data are there", () => {});`,
	];
	expect(await findingsIn(spec, tests.join("\n"))).toEqual([]);
});

it("finds a rule without a test, however close the titles come", async () => {
	const tests = [
		'it("about EVT-1", () => {});',
		'it("EVT-10 is another rule", () => {});',
		`it.${"skip"}("EVT-1 is left out", () => {});`,
		`it.${"todo"}("EVT-1 comes later");`,
		'describe("EVT-1 is empty", () => {});',
		'check("EVT-1 is no test", () => {});',
		"// EVT-1",
	];
	expect(await findingsIn("The rules EVT-10 and\nEVT-1.", tests.join("\n"))).toEqual([
		"federation/SPEC.md:2 EVT-1 is cited by no test",
	]);
});

it("finds a quoted test that is not there, and a test of a rule that is not there", async () => {
	const spec = '| AUTH-JOIN | "refuses a stranger" | "allows a guest" |';
	const tests = 'it("AUTH-JOIN: refuses a stranger", () => {});\nit("AUTH-JION: allows a guest", () => {});';
	expect(await findingsIn(spec, tests)).toEqual([
		"federation/SPEC.md:1 no test of AUTH-JOIN is titled “allows a guest”",
		"federation/events/a.test.ts:2 AUTH-JION is not in federation/SPEC.md",
	]);
});
