import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { authRules } from "./auth-decision.ts";

test("the rules that can refuse an event are the rows of SPEC.md", () => {
	const spec = readFileSync(new URL("../SPEC.md", import.meta.url), "utf8");
	const rows = [...spec.matchAll(/^\| (AUTH-[A-Z0-9-]+) \|/gm)].map((match) => match[1]);
	expect(rows.toSorted()).toEqual([...authRules].sort());
});
