import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Finding, reportFindings } from "./house/finding.ts";
import { isMain } from "./house/is-main.ts";
import { projectFiles } from "./house/project-files.ts";
import { repositoryRoot } from "./house/repository-root.ts";
import { catalogueText } from "./house-rules/catalogue-text.ts";
import { fileShape, findLongMedian } from "./house-rules/file-shape.ts";
import { honestTests } from "./house-rules/honest-tests.ts";
import type { HouseRule, SourceText } from "./house-rules/house-rule.ts";
import { logicalCss } from "./house-rules/logical-css.ts";
import { noMachineWords } from "./house-rules/no-machine-words.ts";
import { findRepeatedStatements } from "./house-rules/statement-names.ts";

export const houseRules: readonly HouseRule[] = [logicalCss, catalogueText, honestTests, noMachineWords, fileShape];

/** The rules that no ready-made checker knows, over every file of the project. */
export async function checkHouse(root: string): Promise<Finding[]> {
	const files = (await projectFiles(root)).filter((file) => houseRules.some(({ applies }) => applies(file)));
	const sources: SourceText[] = await Promise.all(
		files.map(async (file) => ({ file, text: await readFile(join(root, file), "utf8") })),
	);
	const found = sources.flatMap((source) =>
		houseRules.filter(({ applies }) => applies(source.file)).flatMap(({ find }) => find(source)),
	);
	return [...found, ...findLongMedian(sources), ...findRepeatedStatements(sources)];
}

if (isMain(import.meta.url)) {
	process.exitCode = reportFindings(await checkHouse(repositoryRoot), "the house is in order");
}
