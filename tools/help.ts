import { readFileSync } from "node:fs";
import { isMain } from "./house/is-main.ts";

/** One line for each script of package.json. */
const descriptions: Readonly<Record<string, string>> = {
	start: "run Kith here: builds when needed, brings its own PostgreSQL, prints one address",
	dev: "run Kith with live reload",
	build: "build the client and the server",
	check: "lint, types, architecture, dead code, budgets, dependencies (npm run check -- WORD runs some)",
	test: "everything that a fresh machine can run; the last line is “N passed, N failed”",
	"test:full": "the same, with the long end-to-end tests and the soaks",
	"test:unit": "tests of pure code",
	"test:db": "tests on a real PostgreSQL",
	"test:e2e": "tests in a real browser",
	"test:interop": "what people of Kith and of other homeservers do together (tests/interop/README.md)",
	"test:ollama": "the assistant against a real Ollama (tests/ollama/README.md)",
	screenshots: "take the pictures of the documentation into docs/screenshots/",
	bench: "measure this machine: npm run bench -- --json FILE",
	"bench:client": "measure the client in a browser; words choose figures: npm run bench:client -- scroll --json FILE",
	"bench:assistant":
		"measure the assistant on a real Ollama: npm run bench:assistant -- --only cancel --json FILE (tests/ollama/README.md)",
	"bench:e2ee":
		"measure encryption, in a browser and in Node; words choose figures: npm run bench:e2ee -- --only share --json FILE",
	"bench:federation":
		"measure two servers that talk to each other, beside two Synapses: npm run bench:federation -- --json FILE",
	fuzz: "feed the JSON parser what nobody would write",
	soak: "long seeded runs: convergence of rooms, kill -9 in the middle",
	"soak:e2ee":
		"devices of two servers live at random, seed after seed: each reads what it may; goes on where it was stopped",
	"soak:federation": "four servers over a bad network, seed after seed, until they agree; goes on where it was stopped",
	kith: "operator commands while the server runs: npm run kith -- help",
	help: "this list",
	prepare: "generate the database client (npm does it after installing)",
};

/** The list that `npm run help` prints; a script without a line is an error of ours. */
export function describeScripts(scripts: readonly string[]): string[] {
	const undescribed = scripts.filter((script) => descriptions[script] === undefined);
	const gone = Object.keys(descriptions).filter((script) => !scripts.includes(script));
	if (undescribed.length > 0) throw new Error(`tools/help.ts has no line for ${undescribed.join(", ")}`);
	if (gone.length > 0) throw new Error(`package.json has no script for ${gone.join(", ")}`);
	return scripts.map((script) => `${commandOf(script).padEnd(18)} ${descriptions[script]}`);
}

export function readScripts(): string[] {
	const manifest: { scripts: Record<string, string> } = JSON.parse(
		readFileSync(new URL("../package.json", import.meta.url), "utf8"),
	);
	return Object.keys(manifest.scripts);
}

function commandOf(script: string): string {
	return script === "start" || script === "test" ? `npm ${script}` : `npm run ${script}`;
}

if (isMain(import.meta.url)) for (const line of describeScripts(readScripts())) console.log(line);
