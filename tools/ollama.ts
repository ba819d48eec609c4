/** `npm run test:ollama`: the assistant against a real Ollama (tests/ollama/README.md). Exit status 3: there is none. */
import { join } from "node:path";
import { ollamaVariables, realOllama } from "../tests/ollama/real-ollama.ts";
import { isMain } from "./house/is-main.ts";
import { repositoryRoot } from "./house/repository-root.ts";
import { runCommand } from "./house/run-command.ts";

const missingOllama = 3;

export async function main(args: readonly string[]): Promise<number> {
	const ollama = realOllama();
	if (ollama === undefined) {
		const missing = ollamaVariables.filter((name) => (process.env[name] ?? "") === "");
		console.error(`${missing.join(", ")} not set: tests/ollama/README.md says how to name an Ollama`);
		return missingOllama;
	}
	const answers = await fetch(`${ollama.url}/api/version`).then(
		({ ok }) => ok,
		() => false,
	);
	if (!answers) {
		console.error(`no Ollama answers at ${ollama.url}`);
		return missingOllama;
	}
	const vitest = join(repositoryRoot, "node_modules/vitest/vitest.mjs");
	const run = [vitest, "run", "--project", "ollama", "--reporter=verbose", ...args];
	const { code } = await runCommand(process.execPath, run, {
		cwd: repositoryRoot,
		onOutput: (piece) => process.stdout.write(piece),
	});
	return code ?? 1;
}

if (isMain(import.meta.url)) process.exitCode = await main(process.argv.slice(2));
