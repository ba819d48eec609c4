import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { type Finding, reportFindings } from "./house/finding.ts";
import { isMain } from "./house/is-main.ts";
import { projectFiles } from "./house/project-files.ts";
import { repositoryRoot } from "./house/repository-root.ts";
import { runCommand } from "./house/run-command.ts";

const roots = ["src", "federation", "prisma", "tests", "tools"];
const sourceFile = /^(src|federation|prisma|tests|tools)\/.*\.(ts|tsx|mts|mjs|cjs|js|jsx)$/;

interface CruiseResult {
	readonly modules: readonly { readonly source: string }[];
	readonly summary: {
		readonly totalCruised: number;
		readonly violations: readonly {
			readonly from: string;
			readonly to: string;
			readonly rule: { readonly name: string };
			readonly cycle?: readonly { readonly name: string }[];
		}[];
	};
}

/** The rules of direction over the tree under a root, and whether the cruise saw the whole of it. */
export async function checkArchitecture(root: string): Promise<Finding[]> {
	const files = (await projectFiles(root)).filter((file) => sourceFile.test(file));
	const present = roots.filter((folder) => files.some((file) => file.startsWith(`${folder}/`)));
	const result = await cruise(root, present);
	const broken = result.summary.violations.map(({ rule, from, to, cycle }) => ({
		rule: rule.name,
		file: from,
		text: `→ ${cycle === undefined ? to : cycle.map(({ name }) => name).join(" → ")}`,
	}));
	return [...broken, ...findUnseenModules(files, result), ...findPortsWithCode(root, files)];
}

async function cruise(root: string, folders: readonly string[]): Promise<CruiseResult> {
	const program = join(repositoryRoot, "node_modules/dependency-cruiser/bin/dependency-cruise.mjs");
	const args = [program, "--config", ".dependency-cruiser.mjs", "--output-type", "json", ...folders];
	const result = await runCommand(process.execPath, args, { cwd: root });
	if (!result.stdout.startsWith("{")) throw new Error(`dependency-cruiser gave no result\n${result.output}`);
	return JSON.parse(result.stdout);
}

/** A cruise that can't read the language sees nothing, and nothing breaks no rule. */
export function findUnseenModules(files: readonly string[], result: Pick<CruiseResult, "modules">): Finding[] {
	const seen = new Set(result.modules.map(({ source }) => source));
	const unseen = files.filter((file) => !seen.has(file));
	if (files.length > 0 && unseen.length === 0) return [];
	const text = `dependency-cruiser saw ${files.length - unseen.length} of ${files.length} source files`;
	return [{ rule: "all-modules-are-seen", file: unseen[0] ?? ".", text }];
}

/** A port is types alone, so nothing may be left of it once they are taken away. */
function findPortsWithCode(root: string, files: readonly string[]): Finding[] {
	const ports = files.filter((file) => file.startsWith("federation/ports/") && !file.includes(".test."));
	return ports
		.filter((file) => hasCode(readFileSync(join(root, file), "utf8")))
		.map((file) => ({
			rule: "ports-have-no-code",
			file,
			text: "holds code, not only types",
		}));
}

function hasCode(source: string): boolean {
	const compilerOptions = { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.ESNext, removeComments: true };
	const { outputText } = ts.transpileModule(source, { compilerOptions });
	return outputText.replace(/export \{\};|"use strict";/g, "").trim() !== "";
}

if (isMain(import.meta.url)) {
	const findings = await checkArchitecture(repositoryRoot);
	process.exitCode = reportFindings(findings, "every import goes in an allowed direction");
}
