import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { chromium } from "playwright";
import { type NodeDevice, openNodeDevice } from "../../../crypto/node-device.ts";
import type { Person } from "../../../server-process/add-people.ts";
import { type BenchServer, startBenchServer } from "../../bench-server.ts";
import { addScripts, benchPage, signInTo } from "../../client/open-page.ts";
import { atMost } from "../../figure.ts";
import { median, range } from "../../statistics.ts";
import type { E2eeBench } from "../e2ee-bench.ts";
import { awaitEngines } from "../encrypted-room.ts";
import { fillSealedChats } from "../sealed-chats.ts";
import { openSlowness, type Slowness } from "../slow-browser.ts";

const chatCount = 30;
const messageCount = 12;
const startCount = 5;
const coldMs = 2500;
const listMs = 800;
/** As many rows as a screen shows. */
const rowCount = 9;
/** A page keeps its list for the next time when it has nothing else to do. */
const settleMs = 4000;

/**
 * A browser that was closed and has its store of keys on the disk starts with a quarter of a core: from the navigation to
 * the paint of the cached list, and of a message that came while it was closed and is opened now.
 */
export const coldStartBench: E2eeBench = {
	ids: ["cold.start", "cached.list"],
	measure: async (context) => {
		await using server = await startBenchServer();
		const [person, friend] = await server.people(2);
		if (person === undefined || friend === undefined) throw new Error("two people are needed");
		const folder = await mkdtemp(join(tmpdir(), "kith-bench-browser-"));
		try {
			await using slowness = await openSlowness(context.browserPath, folder);
			context.say(`start: ${slowness.how}`);
			const by = await openNodeDevice(server.process.origin, friend);
			const start = { server, person, by, folder, slowness };
			const roomId = await firstVisit(start);
			const times: Times[] = [];
			for (const index of range(startCount)) {
				const newest = `While it was closed, for the ${index}th time.`;
				await by.say(roomId, [person.userId, friend.userId], newest);
				times.push(await timeStart(start, { roomId, newest }));
				context.say(`start: list ${times.at(-1)?.list.toFixed(0)} ms, message ${times.at(-1)?.message.toFixed(0)} ms`);
			}
			by.stop();
			return [
				atMost(coldMs, {
					...{ id: "cold.start", value: median(times.map(({ message }) => message)), unit: "ms" },
					note: slowness.how,
				}),
				atMost(listMs, { id: "cached.list", value: median(times.map(({ list }) => list)), unit: "ms" }),
			];
		} finally {
			await rm(folder, { recursive: true, force: true });
		}
	},
};

interface Start {
	readonly server: BenchServer;
	readonly person: Person;
	readonly by: NodeDevice;
	readonly folder: string;
	readonly slowness: Slowness;
}

interface Times {
	readonly list: number;
	readonly message: number;
}

/** A browser over what the last one left on the disk. */
async function openBrowser({ server, person, folder, slowness }: Start) {
	const { origin } = server.process;
	const context = await chromium.launchPersistentContext(join(folder, "profile"), {
		...{ executablePath: slowness.executablePath, baseURL: origin, locale: "en-GB" },
		viewport: { width: 1280, height: 800 },
		args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
	});
	await signInTo(context, { origin, person });
	await addScripts(context);
	return benchPage(context);
}

/** Makes the keys, the chats and what is kept of them. Twice: browsers keep compiled code of what they see again. */
async function firstVisit(start: Start): Promise<string> {
	const { server, person, by } = start;
	let roomId = "";
	for (const visit of range(3)) {
		await using opened = await openBrowser(start);
		await opened.page.goto("/chat");
		if (visit === 0) {
			await awaitEngines(server, [person]);
			const chats = await fillSealedChats(server, { by, person, chatCount, messageCount });
			roomId = chats.at(-1)?.roomId ?? "";
		}
		await opened.page.locator(`nav a[href*="${encodeURIComponent(roomId)}"]`).click();
		await opened.page.getByRole("article").filter({ hasText: "The newest" }).waitFor();
		await delay(settleMs);
	}
	return roomId;
}

async function timeStart(start: Start, { roomId, newest }: { roomId: string; newest: string }): Promise<Times> {
	await using opened = await openBrowser(start);
	const { page, devtools } = opened;
	await start.slowness.set(true, devtools);
	await page.goto(`/chat/${encodeURIComponent(roomId)}`, { waitUntil: "commit" });
	const list = { selector: "nav li a", text: "Room", count: rowCount };
	const message = { selector: "[role=log] article .text", text: newest };
	const painted = await page.evaluate(
		async ([first, second]) => {
			window.benchClock.expect(first);
			const rows = window.benchClock.painted;
			window.benchClock.expect(second);
			return Promise.all([rows, window.benchClock.painted]);
		},
		[list, message] as const,
	);
	await start.slowness.set(false, devtools);
	const [rows, words] = painted.map(({ paintedMs, navigatedMs }) => paintedMs - navigatedMs);
	return { list: rows ?? Number.NaN, message: words ?? Number.NaN };
}
