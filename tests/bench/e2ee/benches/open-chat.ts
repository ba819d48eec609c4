import { openNodeDevice } from "../../../crypto/node-device.ts";
import { startBenchServer } from "../../bench-server.ts";
import type { Paint } from "../../client/bench-clock.ts";
import { type BenchPage, delayOf, openPage } from "../../client/open-page.ts";
import { atMost } from "../../figure.ts";
import { median } from "../../statistics.ts";
import type { E2eeBench } from "../e2ee-bench.ts";
import { awaitEngines } from "../encrypted-room.ts";
import { installEngineMeter } from "../engine-meter.ts";
import { fillSealedChats, type SealedChat } from "../sealed-chats.ts";

/** The first one warms up. */
const chatCount = 8;
const messageCount = 200;
const screenfulMs = 100;
const twoHundredMs = 700;

/**
 * Chats with 200 messages that came while the browser was away: from the click on one to the paint of its newest messages,
 * and to when the oldest of them is painted too, by somebody who scrolls up as fast as pages come.
 */
export const openChatBench: E2eeBench = {
	ids: ["open.screenful", "open.two-hundred"],
	measure: async ({ launch, say, noteMainThread }) => {
		await using server = await startBenchServer();
		const [person, friend] = await server.people(2);
		if (person === undefined || friend === undefined) throw new Error("two people are needed");
		const { origin } = server.process;
		const by = await openNodeDevice(origin, friend);
		await using opened = await openPage(await launch(), {
			origin,
			person,
			path: "/chat",
			scripts: [installEngineMeter],
		});
		await awaitEngines(server, [person, friend]);
		await opened.page.goto("about:blank");
		say(`open: ${chatCount} chats of ${messageCount} messages`);
		const chats = await fillSealedChats(server, { by, person, chatCount, messageCount });
		by.stop();
		await opened.page.goto("/chat");
		await awaitOpened(opened);
		const times: { screenful: number; all: number }[] = [];
		for (const chat of chats) times.push(await timeOne(opened, chat));
		noteMainThread(await opened.page.evaluate(() => window.engineMeter.takeBusy()));
		const measured = times.slice(1);
		for (const { screenful, all } of measured) say(`open: ${screenful.toFixed(0)} ms, all ${all.toFixed(0)} ms`);
		return [
			atMost(screenfulMs, { id: "open.screenful", value: median(measured.map((time) => time.screenful)), unit: "ms" }),
			atMost(twoHundredMs, { id: "open.two-hundred", value: median(measured.map((time) => time.all)), unit: "ms" }),
		];
	},
};

/** The engine has taken in its keys when the rows say what was said. */
async function awaitOpened({ page }: BenchPage): Promise<void> {
	await page
		.getByRole("link")
		.filter({ hasText: `The newest of chat ${chatCount - 1}.` })
		.waitFor();
}

const selector = "[role=log] article .text";

async function timeOne({ page }: BenchPage, chat: SealedChat): Promise<{ screenful: number; all: number }> {
	await page.evaluate(
		([expected, oldest]) => {
			window.benchClock.expect(expected);
			const screenful = window.benchClock.painted;
			window.benchClock.expect({ ...expected, text: oldest, count: 1 });
			const all = window.benchClock.painted;
			window.benchClock.painted = screenful;
			const up = (): void => {
				const [last] = [...document.querySelectorAll("[role=log]")].slice(-1);
				let box: Element | null = last ?? null;
				while (box !== null && !["auto", "scroll"].includes(getComputedStyle(box).overflowY)) box = box.parentElement;
				if (box !== null) box.scrollTop = 0;
				frame = requestAnimationFrame(up);
			};
			let frame = 0;
			void screenful.then(up);
			window.wholeChat = all.finally(() => cancelAnimationFrame(frame));
		},
		[{ selector, text: chat.newest, count: 6, event: "click" as const }, chat.oldest] as const,
	);
	await page.locator(`nav a[href*="${encodeURIComponent(chat.roomId)}"]`).click();
	const screenful = await page.evaluate(() => window.benchClock.painted);
	const all = await page.evaluate(() => window.wholeChat);
	return { screenful: delayOf(screenful), all: delayOf(all) };
}

declare global {
	interface Window {
		wholeChat: Promise<Paint>;
	}
}
