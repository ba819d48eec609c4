import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Finding, reportFindings } from "./house/finding.ts";
import { isMain } from "./house/is-main.ts";
import { projectFiles } from "./house/project-files.ts";
import { repositoryRoot } from "./house/repository-root.ts";
import { citation, specRules } from "./spec-citations/spec-rules.ts";
import { type TestTitle, testTitles } from "./spec-citations/test-titles.ts";

const rule = "spec-citations";
const specFile = "federation/SPEC.md";
const testFile = /^(federation|src|tests)\/.*\.test\.tsx?$/;

/**
 * Holds federation/SPEC.md and the tests to each other: each rule id there begins the title of a test, the tests that
 * the tables quote exist, and no test cites a rule that is not there.
 */
export async function checkSpecCitations(root: string): Promise<Finding[]> {
	const rules = specRules(await readFile(join(root, specFile), "utf8"));
	const titles = await projectTitles(root);
	const cited = titles.flatMap(({ file, line, text }) => {
		const { ids, words } = citation(text);
		return ids.map((id) => ({ id, words, file, line }));
	});
	const wordsOf = new Map<string, string[]>();
	for (const { id, words } of cited) wordsOf.set(id, [...(wordsOf.get(id) ?? []), words]);
	const known = new Set(rules.map(({ id }) => id));
	const firstMentions = new Map([...rules].reverse().map(({ id, line }) => [id, line]));
	return [
		...[...firstMentions]
			.filter(([id]) => !wordsOf.has(id))
			.map(([id, line]) => ({ rule, file: specFile, line, text: `${id} is cited by no test` })),
		...rules.flatMap(({ id, line, quotedTitles }) =>
			quotedTitles
				.filter((quoted) => !wordsOf.get(id)?.some((words) => words.startsWith(quoted)))
				.map((quoted) => ({ rule, file: specFile, line, text: `no test of ${id} is titled “${quoted}”` })),
		),
		...cited
			.filter(({ id }) => !known.has(id))
			.map(({ id, file, line }) => ({ rule, file, line, text: `${id} is not in ${specFile}` })),
	];
}

async function projectTitles(root: string): Promise<(TestTitle & { readonly file: string })[]> {
	const files = (await projectFiles(root)).filter((file) => testFile.test(file));
	const perFile = await Promise.all(
		files.map(async (file) => {
			const titles = testTitles(file, await readFile(join(root, file), "utf8"));
			return titles.map((title) => ({ ...title, file }));
		}),
	);
	return perFile.flat();
}

if (isMain(import.meta.url)) {
	process.exitCode = reportFindings(await checkSpecCitations(repositoryRoot), "every rule of SPEC.md has its test");
}
