import { findInLines, type HouseRule } from "./house-rule.ts";

const id = "honest-tests";
/** Not where a quotation mark stands before it: there it is the text of another test. */
const call = /^[^"'`]*\b(?:it|test|describe|suite|bench)(?:\.\w+)*\.(only|skip|skipIf|runIf|todo|fixme|fails?)\b/;
const reason = /\/\/\s*skipped:\s*\S+/;

/** A test that does not run says why, as `// skipped: why` on its line or the one above; one that runs alone says nothing. */
export const honestTests: HouseRule = {
	id,
	applies: (file) => /\.(test|e2e|bench)\.tsx?$/.test(file),
	find: (source) =>
		findInLines(id, source, (line, before) => {
			if (/^\s*(xit|xtest|xdescribe|fit|fdescribe)\(/.test(line)) return "is left out or runs alone by its name";
			const kind = call.exec(line)?.[1];
			if (kind === undefined) return undefined;
			if (kind === "only") return ".only leaves out every other test";
			if (kind === "todo") return ".todo is a test that can't fail";
			return reason.test(line) || reason.test(before) ? undefined : `.${kind} without “// skipped: why”`;
		}),
};
