import { setTimeout as delay } from "node:timers/promises";
import { createHttpCaller } from "../../../server-process/http-caller.ts";
import { type ScriptedAnswer, type ScriptedOllama, startScriptedOllama } from "../../../setup/scripted-ollama.ts";
import { startBenchServer } from "../../bench-server.ts";
import { atMost } from "../../figure.ts";
import { residentMegabytes } from "../../process-costs.ts";
import { readMetrics } from "../../server-metrics.ts";
import { median } from "../../statistics.ts";
import type { AssistantBench } from "../assistant-bench.ts";
import { longChat } from "../long-chat.ts";

const metricsPort = 19_464;
const runs = 4;
const settleMs = 8_000;
const mostLoopMs = 20;
const mostMemoryMb = 5;
const starts = 5;
/** Faster than any model on such a machine. */
const tokenMs = 10;
const tokens = 600;

/** How late the server's own work is done while four runs stream: from Ollamas of ours, which take no core from it. */
export const loopBench: AssistantBench = {
	ids: ["loop.p99"],
	isOnModel: false,
	measure: async ({ say }) => {
		const chat = async (_: unknown, answer: ScriptedAnswer): Promise<void> => {
			for (let token = 0; token < tokens; token += 1) {
				await answer.say("word ");
				await delay(tokenMs);
			}
			await answer.end();
		};
		const ollamas = await Promise.all(
			Array.from({ length: runs }, () => startScriptedOllama({ chat, models: ["m:1b"] })),
		);
		try {
			return [atMost(mostLoopMs, { id: "loop.p99", value: await loopDelay(ollamas, say), unit: "ms" })];
		} finally {
			for (const ollama of ollamas) await ollama[Symbol.asyncDispose]();
		}
	},
};

const loopDelay = async (ollamas: readonly ScriptedOllama[], say: (line: string) => void): Promise<number> => {
	const KITH_OLLAMA_URLS = ollamas.map(({ url }) => url).join();
	const settings = { KITH_OLLAMA_URLS, KITH_ASSISTANT_MODEL: "m:1b", KITH_METRICS_PORT: String(metricsPort) };
	await using server = await startBenchServer(settings);
	const people = await server.people(runs);
	const roomId = await server.makeRoom(people);
	const callers = people.map(({ cookie }) => createHttpCaller(server.process.origin, cookie));
	const start = async () => {
		const draft = { kind: "draft", roomId, language: "en", instruction: "Agree.", messages: longChat(24, "Note.") };
		await Promise.all(callers.map((caller) => caller.mutate("assistant.start", draft)));
		while (ollamas.some(({ chats }) => chats.length === 0)) await delay(20);
	};
	await start();
	const lag = () => readMetrics(metricsPort, ["nodejs_eventloop_lag_p99_seconds"]);
	// Each reading begins the next stretch: loading LlamaIndex, once, is not part of it.
	await delay(1_000);
	await lag();
	await delay((tokens * tokenMs) / 2);
	const [seconds = Number.NaN] = await lag();
	for (const caller of callers) caller.close();
	say(`loop: ${(seconds * 1000).toFixed(1)} ms at the 99th percentile while ${runs} runs stream`);
	return seconds * 1000;
};

/** What a server with an assistant that nobody uses takes more of the memory than one without. */
export const memoryBench: AssistantBench = {
	ids: ["memory.unused"],
	isOnModel: false,
	measure: async ({ say }) => {
		await using without = await startBenchServer();
		await using withOne = await startBenchServer({ KITH_OLLAMA_URLS: "http://127.0.0.1:11434" });
		const more: number[] = [];
		for (let start = 0; start < starts; start += 1) {
			for (const server of [without, withOne]) await server.restart();
			await delay(settleMs);
			const [one, other] = await Promise.all([without, withOne].map(({ process }) => residentMegabytes(process.pid)));
			more.push((other ?? Number.NaN) - (one ?? Number.NaN));
		}
		say(`memory: ${more.map((mb) => mb.toFixed(1)).join(", ")} MB more`);
		return [atMost(mostMemoryMb, { id: "memory.unused", value: median(more), unit: "MB" })];
	},
};
