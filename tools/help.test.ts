import { expect, it } from "vitest";
import { describeScripts, readScripts } from "./help.ts";

it("has one line for each script of package.json", () => {
	const scripts = readScripts();
	expect(describeScripts(scripts)).toHaveLength(scripts.length);
	expect(() => describeScripts([...scripts, "surprise"])).toThrow("no line for surprise");
	expect(() => describeScripts(scripts.slice(1))).toThrow("no script for");
});
