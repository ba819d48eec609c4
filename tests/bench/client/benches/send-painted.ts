import { setTimeout as delay } from "node:timers/promises";
import { runCount } from "../../bench-context.ts";
import { startBenchServer } from "../../bench-server.ts";
import { atMost } from "../../figure.ts";
import { median, range } from "../../statistics.ts";
import type { ClientBench } from "../client-bench.ts";
import { fillChats } from "../fill-chats.ts";
import { type BenchPage, openPage } from "../open-page.ts";

const messageCount = 40;
const slowestMs = 40;

/** Two browsers on one chat of an idle server: from one's Enter to the paint of the message in the other. */
export const sendPaintedBench: ClientBench = {
	ids: ["send.painted.p50"],
	measure: async ({ launch, say }) => {
		await using server = await startBenchServer();
		const [person, friend] = await server.people(2);
		if (person === undefined || friend === undefined) throw new Error("two people are needed");
		const [chat] = await fillChats(server, { person, friend, chatCount: 1, messageCount: 30 });
		const { origin } = server.process;
		const path = `/chat/${encodeURIComponent(chat?.roomId ?? "")}`;
		await using sender = await openPage(await launch(), { origin, person, path });
		await using receiver = await openPage(await launch(), { origin, person: friend, path });
		for (const { page } of [sender, receiver]) await page.getByRole("article").last().waitFor();
		const runs: number[] = [];
		for (const run of range(runCount + 1)) {
			const times: number[] = [];
			for (const index of range(messageCount)) {
				times.push(await timeOne({ sender, receiver }, `Message ${index} of run ${run}.`));
				await delay(60 + ((index * 7) % 17));
			}
			// The first run warms up.
			if (run > 0) runs.push(median(times));
			say(`send: painted in the other browser after ${median(times).toFixed(1)} ms`);
		}
		return [atMost(slowestMs, { id: "send.painted.p50", value: median(runs), unit: "ms" })];
	},
};

interface Pair {
	readonly sender: BenchPage;
	readonly receiver: BenchPage;
}

async function timeOne({ sender, receiver }: Pair, text: string): Promise<number> {
	const selector = "[role=log] article";
	await sender.page.getByRole("textbox", { name: "Message", exact: true }).fill(text);
	const press = (): Promise<void> => sender.page.keyboard.press("Enter");
	const sent = { causedMs: Number.NaN };
	const { paintedMs } = await receiver.timePaint({ selector, text }, async () => {
		Object.assign(sent, await sender.timePaint({ event: "keydown", selector, text }, press));
	});
	return paintedMs - sent.causedMs;
}
