import { setTimeout as delay } from "node:timers/promises";
import type { Browser, Page } from "playwright";
import { runCount } from "../../bench-context.ts";
import { startBenchServer } from "../../bench-server.ts";
import { atMost } from "../../figure.ts";
import { median, percentile, range } from "../../statistics.ts";
import type { FrameRecord } from "../bench-frames.ts";
import type { ClientBench } from "../client-bench.ts";
import { fillHistory, type LongHistory } from "../fill-history.ts";
import { type HeldLine, openHeldLine } from "../held-line.ts";
import { type Opening, openPage } from "../open-page.ts";

const messageCount = 10_000;
const longestMs = 50;
const mostNodes = 1500;
const furthestPx = 3;
const wheelPx = 600;
const prependCount = 5;

/** Somebody scrolls with a wheel from the newest of 10,000 messages to the oldest, and back. */
export const scrollBench: ClientBench = {
	ids: ["scroll.longest-frame", "scroll.nodes", "prepend.jump"],
	measure: async ({ launch, say }) => {
		await using server = await startBenchServer();
		say(`scroll: writing ${messageCount} messages`);
		const history = await fillHistory(server, messageCount);
		await using line = await openHeldLine(server.process.origin);
		const [person] = await server.people(1);
		if (person === undefined) throw new Error("somebody is needed");
		const opening = { origin: line.origin, person, path: `/chat/${encodeURIComponent(history.roomId)}` };
		const browser = await launch();
		const runs: { longest: number; nodes: number; jump: number }[] = [];
		for (const run of range(runCount)) {
			const jump = await measureJump(browser, opening, line);
			const { frames, nodeCount } = await scrollThrough(browser, opening, history);
			runs.push({ longest: frames[0] ?? 0, nodes: nodeCount, jump });
			const p99 = percentile(frames, 0.99).toFixed(0);
			const longest = frames.slice(0, 5).map((frame) => frame.toFixed(0));
			say(`scroll: run ${run + 1}, ${frames.length} frames, p99 ${p99} ms, longest ${longest.join(" ")} ms`);
			say(`scroll: ${nodeCount} nodes, ${jump.toFixed(1)} px when history is prepended`);
		}
		return [
			atMost(longestMs, { id: "scroll.longest-frame", value: median(runs.map((run) => run.longest)), unit: "ms" }),
			atMost(mostNodes, { id: "scroll.nodes", value: median(runs.map((run) => run.nodes)), unit: "nodes" }),
			atMost(furthestPx, { id: "prepend.jump", value: median(runs.map((run) => run.jump)), unit: "px" }),
		];
	},
};

async function scrollThrough(browser: Browser, opening: Opening, history: LongHistory): Promise<FrameRecord> {
	await using opened = await openPage(browser, opening);
	const { page } = opened;
	await startAtNewest(page);
	await page.evaluate(() => window.benchFrames.start());
	await wheelUntil(page, { text: history.oldest, byPx: -wheelPx });
	await wheelUntil(page, { text: history.newest, byPx: wheelPx });
	return await page.evaluate(() => window.benchFrames.stop());
}

async function startAtNewest(page: Page): Promise<void> {
	const log = page.getByRole("log");
	await log.getByRole("article").last().waitFor();
	await log.hover();
	await delay(settleMs);
}

const settleMs = 1000;

async function wheelUntil(page: Page, { text, byPx }: { text: string; byPx: number }): Promise<void> {
	const goal = page.getByRole("article").filter({ hasText: text });
	for (let turns = 0; (await goal.count()) === 0; turns += 1) {
		if (turns > 1000) throw new Error(`the wheel does not lead to “${text}”`);
		for (const _ of range(10)) await page.mouse.wheel(0, byPx);
	}
}

/** The furthest that a message moved, while nobody scrolls, when the server's answer brings older ones above it. */
async function measureJump(browser: Browser, opening: Opening, line: HeldLine): Promise<number> {
	await using opened = await openPage(browser, opening);
	const { page } = opened;
	await startAtNewest(page);
	const jumps: number[] = [];
	for (let holds = 0; jumps.length < prependCount; holds += 1) {
		if (holds > 5 * prependCount) throw new Error("older messages do not come");
		line.hold();
		// Far enough for the next page to be asked for, wherever the last one ended.
		for (const _ of range(12)) await page.mouse.wheel(0, -wheelPx);
		await delay(settleMs);
		const before = await page.evaluate(() => {
			const key = window.benchFrames.findAnchor();
			return { key, top: window.benchFrames.stand(key)?.top ?? 0, height: window.benchFrames.height() };
		});
		const watching = page.evaluate(({ key, top, frames }) => window.benchFrames.watch(key, top, frames), {
			...before,
			frames: watchedFrames,
		});
		line.release();
		const jump = await watching;
		const height = await page.evaluate(() => window.benchFrames.height());
		if (height > before.height) jumps.push(jump);
	}
	return Math.max(...jumps);
}

const watchedFrames = 60;
