import { setTimeout as delay } from "node:timers/promises";
import { runCount } from "../../bench-context.ts";
import { startBenchServer } from "../../bench-server.ts";
import { atMost } from "../../figure.ts";
import { median, range } from "../../statistics.ts";
import type { ClientBench } from "../client-bench.ts";
import { fillChats } from "../fill-chats.ts";
import { delayOf, openPage } from "../open-page.ts";
import { visitChat } from "../visit-chat.ts";

const chatCount = 30;
const messageCount = 60;
const slowestMs = 100;

/** From the click on a chat that was open before, though not since the page was loaded, to the paint of its messages. */
export const switchBench: ClientBench = {
	ids: ["chat.switch"],
	measure: async ({ launch, say }) => {
		await using server = await startBenchServer();
		const [person, friend] = await server.people(2);
		if (person === undefined || friend === undefined) throw new Error("two people are needed");
		say(`switch: ${chatCount} chats`);
		const chats = await fillChats(server, { person, friend, chatCount, messageCount });
		const browser = await launch();
		await using opened = await openPage(browser, { origin: server.process.origin, person, path: "/chat" });
		for (const chat of chats) await visitChat(opened, chat);
		const runs: number[] = [];
		for (const run of range(runCount)) {
			await opened.page.goto("/chat");
			await opened.page.getByRole("navigation", { name: "Chats" }).getByRole("listitem").first().waitFor();
			await delay(settleMs);
			const times: number[] = [];
			for (const chat of chats) times.push(delayOf(await visitChat(opened, chat)));
			runs.push(median(times));
			say(`switch: run ${run + 1}, ${runs.at(-1)?.toFixed(1)} ms, slowest ${Math.max(...times).toFixed(0)} ms`);
		}
		return [atMost(slowestMs, { id: "chat.switch", value: median(runs), unit: "ms" })];
	},
};

/** What a page does after it has opened is not part of a switch. */
const settleMs = 1500;
