import { setTimeout as delay } from "node:timers/promises";
import { runCount } from "../../bench-context.ts";
import { startBenchServer } from "../../bench-server.ts";
import { atMost } from "../../figure.ts";
import { median, range } from "../../statistics.ts";
import type { ClientBench } from "../client-bench.ts";
import { fillChats } from "../fill-chats.ts";
import { type BenchPage, delayOf, openPage } from "../open-page.ts";

const keyCount = 40;
const sendCount = 25;
const slowestMs = 50;
const chatCount = 20;
const messageCount = 60;

/** Somebody writes in a chat with history: from the key to the paint of its letter, and from Enter to the bubble's. */
export const writingBench: ClientBench = {
	ids: ["keypress.paint", "send.bubble"],
	measure: async ({ launch, say }) => {
		await using server = await startBenchServer();
		const [person, friend] = await server.people(2);
		if (person === undefined || friend === undefined) throw new Error("two people are needed");
		const chats = await fillChats(server, { person, friend, chatCount, messageCount });
		const roomId = chats[0]?.roomId ?? "";
		const path = `/chat/${encodeURIComponent(roomId)}`;
		await using opened = await openPage(await launch(), { origin: server.process.origin, person, path });
		await opened.page
			.getByText(chats[0]?.newest ?? "")
			.last()
			.waitFor();
		const runs: { key: number; bubble: number }[] = [];
		for (const run of range(runCount + 1)) {
			const times = { key: median(await pressKeys(opened)), bubble: median(await sendMessages(opened, run)) };
			// The first run warms up.
			if (run > 0) runs.push(times);
			say(`writing: a letter ${times.key.toFixed(1)} ms, a bubble ${times.bubble.toFixed(1)} ms`);
		}
		return [
			atMost(slowestMs, { id: "keypress.paint", value: median(runs.map(({ key }) => key)), unit: "ms" }),
			atMost(slowestMs, { id: "send.bubble", value: median(runs.map(({ bubble }) => bubble)), unit: "ms" }),
		];
	},
};

async function pressKeys({ page, timePaint }: BenchPage): Promise<readonly number[]> {
	const composer = page.getByRole("textbox", { name: "Message", exact: true });
	await composer.fill("");
	await composer.focus();
	const times: number[] = [];
	let written = "";
	for (const index of range(keyCount)) {
		const letter = String.fromCharCode("a".charCodeAt(0) + (index % 26));
		written += letter;
		const expected = { event: "keydown", selector: "textarea", text: written } as const;
		times.push(delayOf(await timePaint(expected, () => page.keyboard.press(letter))));
		await delay(pauseOf(index));
	}
	await composer.fill("");
	return times;
}

async function sendMessages({ page, timePaint }: BenchPage, run: number): Promise<readonly number[]> {
	const composer = page.getByRole("textbox", { name: "Message", exact: true });
	const times: number[] = [];
	for (const index of range(sendCount)) {
		const text = `Message ${index} of run ${run}.`;
		await composer.fill(text);
		const expected = { event: "keydown", selector: "[role=log] article", text } as const;
		times.push(delayOf(await timePaint(expected, () => page.keyboard.press("Enter"))));
		await delay(pauseOf(index));
	}
	return times;
}

/** Not a multiple of a frame, so that events fall anywhere between two of them. */
const pauseOf = (index: number): number => 40 + ((index * 7) % 17);
