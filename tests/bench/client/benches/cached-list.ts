import { setTimeout as delay } from "node:timers/promises";
import { runCount } from "../../bench-context.ts";
import { startBenchServer } from "../../bench-server.ts";
import { atMost } from "../../figure.ts";
import { median, range } from "../../statistics.ts";
import type { ClientBench } from "../client-bench.ts";
import { fillChats } from "../fill-chats.ts";
import { type BenchPage, openPage } from "../open-page.ts";

const chatCount = 1000;
const messageCount = 2;
const slowestMs = 800;
const throttle = 4;
const loadCount = 5;
/** As many rows as a screen shows. */
const rowCount = 9;
/** A page keeps its list for the next time when it has nothing else to do. */
const settleMs = 4000;

/**
 * From the beginning of the navigation to the paint of a screenful of chats, with the processor four times slower. The
 * server says nothing before that: what is painted can only come from what the browser has kept.
 */
export const cachedListBench: ClientBench = {
	ids: ["cached.list"],
	measure: async ({ launch, say }) => {
		await using server = await startBenchServer();
		const [person, friend] = await server.people(2);
		if (person === undefined || friend === undefined) throw new Error("two people are needed");
		say(`list: making ${chatCount} chats`);
		await fillChats(server, { person, friend, chatCount, messageCount });
		const { origin } = server.process;
		await using opened = await openPage(await launch(), { origin, person, path: "/chat" });
		await opened.page.getByRole("navigation", { name: "Chats" }).getByRole("listitem").first().waitFor();
		await delay(settleMs);
		await silenceServer(opened);
		await opened.devtools.send("Emulation.setCPUThrottlingRate", { rate: throttle });
		const runs: number[] = [];
		for (const run of range(runCount)) {
			const times: number[] = [];
			for (const _ of range(loadCount)) times.push(await timeLoad(opened));
			runs.push(median(times));
			say(`list: run ${run + 1}, painted after ${runs.at(-1)?.toFixed(0)} ms`);
		}
		return [atMost(slowestMs, { id: "cached.list", value: median(runs), unit: "ms" })];
	},
};

/** Calls are never answered and sockets never opened; pages and scripts come as always. */
async function silenceServer({ context }: BenchPage): Promise<void> {
	await context.route("**/api/**", () => undefined);
	await context.routeWebSocket("**/api/**", () => undefined);
}

async function timeLoad({ page }: BenchPage): Promise<number> {
	await page.goto("/chat", { waitUntil: "commit" });
	const expected = { selector: "nav li a", text: "Room", count: rowCount };
	const { paintedMs, navigatedMs } = await page.evaluate((it) => {
		window.benchClock.expect(it);
		return window.benchClock.painted;
	}, expected);
	return paintedMs - navigatedMs;
}
