/**
 * `npm run bench:assistant`: measures the assistant on a real Ollama, which the variables of tests/ollama/README.md name, and
 * what it costs the built server. Without an Ollama it says so and leaves out what takes a model.
 *
 *   --only cancel,loop    what measures the figures whose id holds one of the words; absent: everything
 *   --json FILE           the figures as an array of { id, value, unit, target, holds }
 */
import { parseArgs } from "node:util";
import { buildWhenStale } from "../e2e/support/build-when-stale.ts";
import { ollamaVariables, realOllama } from "../ollama/real-ollama.ts";
import type { AssistantBench } from "./assistant/assistant-bench.ts";
import { canariesBench } from "./assistant/benches/canaries.ts";
import { cancelBench } from "./assistant/benches/cancel.ts";
import { citationsBench } from "./assistant/benches/citations.ts";
import { overheadBench } from "./assistant/benches/overhead.ts";
import { prefixBench } from "./assistant/benches/prefix.ts";
import { recallBench } from "./assistant/benches/recall.ts";
import { retrievalBench } from "./assistant/benches/retrieval.ts";
import { loopBench, memoryBench } from "./assistant/benches/server-costs.ts";
import type { Figure } from "./figure.ts";
import { reportFigures } from "./report-figures.ts";
import { describeMachine } from "./table.ts";

const benches: readonly AssistantBench[] = [
	overheadBench,
	prefixBench,
	cancelBench,
	citationsBench,
	canariesBench,
	recallBench,
	loopBench,
	memoryBench,
	retrievalBench,
];

const { values } = parseArgs({ options: { only: { type: "string" }, json: { type: "string" } } });
const words = values.only?.split(",") ?? [];
const chosen = benches.filter(
	({ ids }) => words.length === 0 || ids.some((id) => words.some((word) => id.includes(word))),
);
if (chosen.length === 0) {
	throw new Error(`no figure ${words.join(", ")}: there are ${benches.flatMap(({ ids }) => ids).join(", ")}`);
}

// The servers under way end with this process.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));

const ollama = realOllama();
const leftOut = chosen.filter(({ isOnModel }) => isOnModel && ollama === undefined).flatMap(({ ids }) => ids);
await buildWhenStale();
console.log(describeMachine());
if (ollama === undefined) {
	console.log(
		`  no Ollama is named: ${ollamaVariables.join(", ")} (tests/ollama/README.md); left out: ${leftOut.join(", ")}`,
	);
} else console.log(`  Ollama at ${ollama.url} with ${ollama.chatModel}`);
const figures: Figure[] = [];
for (const { ids, measure } of chosen) {
	if (leftOut.some((id) => ids.includes(id))) continue;
	figures.push(...(await measure({ ollama, say: (line) => console.log(`  ${line}`) })));
}
await reportFigures(figures, values.json);
process.exit(0);
