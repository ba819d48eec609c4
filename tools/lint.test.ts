import { describe, expect, it } from "vitest";
import { repositoryRoot } from "./house/repository-root.ts";
import { runCommand } from "./house/run-command.ts";
import { makeSandbox, type Sandbox } from "./house/sandbox.ts";

/** Where each rule of biome.json is broken, and by what. */
const planted: Record<string, { readonly rule: string; readonly text: string }> = {
	"src/a/CamelCase.ts": { rule: "useFilenamingConvention", text: "export const a = 1;\n" },
	"src/a/long-function.ts": {
		rule: "noExcessiveLinesPerFunction",
		text: `export function long(): number {\n\tlet sum = 0;\n${"\tsum += 1;\n".repeat(60)}\treturn sum;\n}\n`,
	},
	"src/a/long-file.ts": { rule: "noExcessiveLinesPerFile", text: `${"// A line.\n".repeat(300)}export const a = 1;\n` },
	"src/a/floating.ts": {
		rule: "noFloatingPromises",
		text: "async function wait(): Promise<number> {\n\treturn 1;\n}\nexport function go(): void {\n\twait();\n}\n",
	},
	"src/a/environment.ts": { rule: "noProcessEnv", text: "export const home = process.env.HOME;\n" },
	"src/a/default.ts": { rule: "noDefaultExport", text: "export default 1;\n" },
	"src/a/non-null.ts": {
		rule: "noNonNullAssertion",
		text: "export const first = (list: string[]): string => list[0]!;\n",
	},
	"src/a/explicit-any.ts": { rule: "noExplicitAny", text: "export const a: any = 1;\n" },
	"src/a/console.ts": { rule: "noConsole", text: 'console.log("a");\n' },
	"src/a/parameters.ts": {
		rule: "useMaxParams",
		text: "export const sum = (a: number, b: number, c: number, d: number): number => a + b + c + d;\n",
	},
	"src/a/barrel.ts": { rule: "noBarrelFile", text: 'export * from "./console.ts";\n' },
	"src/a/enum.ts": { rule: "noEnum", text: "export enum Colour {\n\tRed,\n}\n" },
	"src/a/untidy.ts": { rule: "format", text: "export const a   = 1;\n" },
	"src/a/alone.test.ts": {
		rule: "noFocusedTests",
		text: `import { it } from "vitest";\n\nit.${"only"}("runs alone", () => {});\n`,
	},
};

/** The same acts where they are allowed. */
const legal: Record<string, string> = {
	"src/env.ts": "export const home = process.env.HOME;\n",
	"src/pages/chat/[roomId].tsx": "export default function Chat() {\n\treturn null;\n}\n",
	"src/pages/_app.tsx": "export default function App() {\n\treturn null;\n}\n",
	"src/pages/api/auth/[...nextauth].ts": "export default 1;\n",
	"src/server/a/public.ts": 'export * from "./one.ts";\n',
	"src/server/a/one.ts": "export const one = 1;\n",
	"src/server/a/one.db.test.ts": `export function long(): number {\n\tlet sum = 0;\n${"\tsum += 1;\n".repeat(60)}\treturn sum;\n}\n`,
	"tools/a.ts": 'console.log("a", process.env.HOME);\n',
	"kith.config.ts": "export default 1;\n",
};

interface BiomeReport {
	readonly diagnostics: readonly { readonly category: string; readonly location: { readonly path: string } }[];
}

async function lint({ root }: Sandbox): Promise<Set<string>> {
	const program = `${repositoryRoot}/node_modules/@biomejs/biome/bin/biome`;
	const args = [program, "check", ".", "--vcs-enabled=false", "--reporter=json", "--max-diagnostics=none"];
	const { stdout } = await runCommand(process.execPath, args, { cwd: root });
	const report: BiomeReport = JSON.parse(stdout);
	const found = report.diagnostics.map(({ category, location }) => `${category.split("/").at(-1)} ${location.path}`);
	return new Set(found);
}

async function compile({ root }: Sandbox, project: string): Promise<Set<string>> {
	const program = `${repositoryRoot}/node_modules/typescript/bin/tsc`;
	const { stdout } = await runCommand(process.execPath, [program, "-p", project, "--incremental", "false"], {
		cwd: root,
	});
	const errors = stdout.matchAll(/^(\S+?)\(\d+,\d+\): error (TS\d+)/gm);
	return new Set(Array.from(errors, ([, file, code]) => `${code} ${file}`));
}

describe("biome.json", () => {
	it("names each planted violation, and nothing that is allowed", async () => {
		const texts = Object.entries(planted).map(([file, { text }]) => [file, text] as const);
		await using sandbox = await makeSandbox(["biome.json"], { ...legal, ...Object.fromEntries(texts) });
		const expected = Object.entries(planted).map(([file, { rule }]) => `${rule} ${file}`);
		expect(await lint(sandbox)).toEqual(new Set(expected));
	});
});

describe("the compiler", () => {
	it("refuses what is loose, and the platform inside federation/", async () => {
		const files = {
			"src/loose.ts": "export const first = (list: string[]): string => list[0];\n",
			"src/optional.ts": "export const a: { b?: number } = { b: undefined };\n",
			"src/enum.ts": "export enum Colour { Red }\n",
			"src/type-import.ts": 'import { Named } from "../federation/events/named.ts";\nexport type A = Named;\n',
			"src/platform.ts": "export const a = [fetch, process, Buffer, URL, setTimeout, console, document.title];\n",
			"federation/events/named.ts": "export type Named = string;\n",
		};
		const words = ["fetch", "process", "Buffer", "URL", "setTimeout", "console", "document", "crypto"];
		const fenced = words.map((word) => [
			`federation/events/uses-${word.toLowerCase()}.ts`,
			`export const a = ${word};\n`,
		]);
		const configuration = ["tsconfig.json", "tsconfig.base.json", "federation/tsconfig.json"];
		await using sandbox = await makeSandbox(configuration, { ...files, ...Object.fromEntries(fenced) });
		expect(await compile(sandbox, ".")).toEqual(
			new Set(["TS2322 src/loose.ts", "TS2375 src/optional.ts", "TS1294 src/enum.ts", "TS1484 src/type-import.ts"]),
		);
		const errors = Array.from(await compile(sandbox, "federation"), (error) => error.replace(/^TS\d+ /, ""));
		expect(new Set(errors)).toEqual(new Set(fenced.map(([file]) => file)));
	});
});
