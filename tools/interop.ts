/**
 * `npm run test:interop`: what people of Kith and people of other homeservers do together, on servers that
 * `KITH_PEER_*` names (tests/interop/README.md), and the table of it in FEDERATION.md. Exit status 3: a peer is missing.
 */
import { mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openPeers, peerVariables } from "../tests/interop/peers.ts";
import { isMain } from "./house/is-main.ts";
import { repositoryRoot } from "./house/repository-root.ts";
import { runCommand } from "./house/run-command.ts";
import { type InteropReport, tableOf, withTable } from "./testing/interop-table.ts";

const missingPeer = 3;

export async function main(args: readonly string[]): Promise<number> {
	const missing = [...peerVariables, "KITH_PEER_SYNAPSE_CONTROL"].filter((name) => (process.env[name] ?? "") === "");
	if (missing.length > 0) {
		console.error(`${missing.join(", ")} not set: tests/interop/README.md says how to name the peers`);
		return missingPeer;
	}
	const peers = await openPeers().catch((error: unknown) => {
		console.error(`a peer does not answer: ${error instanceof Error ? error.message : String(error)}`);
	});
	if (peers === undefined) return missingPeer;
	const folder = await realpath(await mkdtemp(join(tmpdir(), "kith-interop-report-")));
	try {
		const reportPath = join(folder, "report.json");
		const code = await runTests(reportPath, args);
		const report: InteropReport = JSON.parse(await readFile(reportPath, "utf8"));
		// A run of chosen tests says nothing about the others.
		if (args.length === 0) await writeTable(report, peers.synapses[0]?.software ?? "");
		return code;
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

async function runTests(reportPath: string, args: readonly string[]): Promise<number> {
	const reporters = ["--reporter=verbose", "--reporter=json", `--outputFile.json=${reportPath}`];
	const vitest = join(repositoryRoot, "node_modules/vitest/vitest.mjs");
	const run = [vitest, "run", "--project", "interop", "tests/interop/with-synapse", ...reporters, ...args];
	const { code } = await runCommand(process.execPath, run, {
		cwd: repositoryRoot,
		onOutput: (piece) => process.stdout.write(piece),
	});
	return code ?? 1;
}

async function writeTable(report: InteropReport, peer: string): Promise<void> {
	const page = join(repositoryRoot, "FEDERATION.md");
	await writeFile(page, withTable(await readFile(page, "utf8"), tableOf(report, peer)));
}

if (isMain(import.meta.url)) process.exitCode = await main(process.argv.slice(2));
