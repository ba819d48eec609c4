import { describe, expect, it } from "vitest";
import { judgeAdvisories, readAudit } from "./check-audit.ts";

const severe = {
	name: "left",
	title: "Runs what it is sent",
	url: "https://example.org/advisories/GHSA-1",
	severity: "high",
};
const mild = { ...severe, url: "https://example.org/advisories/GHSA-2", severity: "moderate" };
const report = JSON.stringify({ vulnerabilities: { left: { via: [severe, mild] }, right: { via: ["left"] } } });
const advisory = { id: "GHSA-1", name: "left", title: "Runs what it is sent" };

describe("readAudit", () => {
	it("keeps advisories of high severity", () => {
		expect(readAudit(report)).toEqual({ kind: "answered", advisories: [advisory] });
		expect(readAudit('{"vulnerabilities":{}}')).toEqual({ kind: "answered", advisories: [] });
	});

	it("does not take a registry that gives no audit for one that found nothing", () => {
		const refused = '{"message":"405 Method Not Allowed - POST https://registry/-/npm","error":{"summary":""}}';
		expect(readAudit(refused)).toEqual({ kind: "unanswered", why: "405 Method Not Allowed" });
		expect(readAudit("")).toEqual({ kind: "unanswered", why: "no answer" });
	});
});

describe("judgeAdvisories", () => {
	const accepted = [{ id: "GHSA-1", reason: "never called with input", until: "2027-01-31" }];

	it("refuses an advisory that nobody accepted, or no longer", () => {
		expect(judgeAdvisories([advisory], [], "2027-01-01")).toMatchObject([{ rule: "dependency-audit" }]);
		expect(judgeAdvisories([advisory], accepted, "2027-02-01")).toMatchObject([{ rule: "dependency-audit" }]);
	});

	it("allows an accepted one until its day, and refuses an acceptance without an advisory", () => {
		expect(judgeAdvisories([advisory], accepted, "2027-01-31")).toEqual([]);
		expect(judgeAdvisories([], accepted, "2027-01-31")).toMatchObject([{ file: "tools/audit-accepted.json" }]);
	});
});
