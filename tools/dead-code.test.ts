import { expect, it } from "vitest";
import { repositoryRoot } from "./house/repository-root.ts";
import { runCommand } from "./house/run-command.ts";
import { makeSandbox } from "./house/sandbox.ts";

it("knip names an unused file, an unused export, an unused and an unlisted dependency", async () => {
	const files = {
		"package.json": '{ "name": "planted", "type": "module", "dependencies": { "superjson": "2.2.6" } }',
		"src/server/main.ts": 'import { used } from "./used.ts";\nimport pg from "pg";\nused(pg);\n',
		"src/server/used.ts": "export const used = (a: unknown) => a;\nexport const unusedExport = 1;\n",
		"src/server/unused-file.ts": "export const a = 1;\n",
	};
	await using sandbox = await makeSandbox(["knip.json", "tsconfig.json", "tsconfig.base.json"], files);
	const program = `${repositoryRoot}/node_modules/knip/bin/knip.js`;
	// The sandbox lies where git does not look.
	const args = [program, "--no-gitignore", "--no-progress", "--reporter", "compact", "--no-config-hints"];
	const { code, stdout } = await runCommand(process.execPath, args, { cwd: sandbox.root });
	expect(code).toBe(1);
	expect(stdout).toMatch(/Unused files \(1\)\s+src\/server\/unused-file\.ts/);
	expect(stdout).toMatch(/Unused exports \(1\)\s+.*unusedExport/);
	expect(stdout).toMatch(/Unused dependencies \(1\)\s+.*superjson/);
	expect(stdout).toMatch(/Unlisted dependencies \(1\)\s+.*pg/);
});
