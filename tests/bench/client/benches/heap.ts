import { setTimeout as delay } from "node:timers/promises";
import type { Browser } from "playwright";
import { runCount } from "../../bench-context.ts";
import { startBenchServer } from "../../bench-server.ts";
import { atMost } from "../../figure.ts";
import { median, range } from "../../statistics.ts";
import type { ClientBench } from "../client-bench.ts";
import { type FilledChat, fillChats } from "../fill-chats.ts";
import { type BenchPage, type Opening, openPage } from "../open-page.ts";
import { visitChat } from "../visit-chat.ts";

const chatCount = 50;
const messageCount = 60;
const mostMb = 150;
const settleMs = 2000;

/** What the page's script holds once somebody has looked into fifty chats. */
export const heapBench: ClientBench = {
	ids: ["heap.fifty-chats"],
	measure: async ({ launch, say }) => {
		await using server = await startBenchServer();
		const [person, friend] = await server.people(2);
		if (person === undefined || friend === undefined) throw new Error("two people are needed");
		say(`heap: ${chatCount} chats`);
		const chats = await fillChats(server, { person, friend, chatCount, messageCount });
		const browser = await launch();
		const runs: number[] = [];
		for (const run of range(runCount)) {
			runs.push(await measureHeap(browser, { origin: server.process.origin, person, path: "/chat" }, chats));
			say(`heap: run ${run + 1}, ${runs.at(-1)?.toFixed(1)} MB`);
		}
		return [atMost(mostMb, { id: "heap.fifty-chats", value: median(runs), unit: "MB" })];
	},
};

async function measureHeap(browser: Browser, opening: Opening, chats: readonly FilledChat[]): Promise<number> {
	await using opened = await openPage(browser, opening);
	// The newest chats stand first, and pages of the list come as one scrolls down.
	for (const chat of chats.toReversed()) await visitChat(opened, chat);
	await delay(settleMs);
	return await readHeapMb(opened);
}

async function readHeapMb({ devtools }: BenchPage): Promise<number> {
	await devtools.send("HeapProfiler.enable");
	// Twice: what the first finds unreachable may hold on to more.
	for (const _ of range(2)) await devtools.send("HeapProfiler.collectGarbage");
	await devtools.send("Performance.enable");
	const { metrics } = await devtools.send("Performance.getMetrics");
	const used = metrics.find(({ name }) => name === "JSHeapUsedSize");
	if (used === undefined) throw new Error("the browser does not tell its heap");
	return used.value / 2 ** 20;
}
