import { setTimeout as delay } from "node:timers/promises";
import { runCount } from "../../bench-context.ts";
import { startBenchServer } from "../../bench-server.ts";
import { type FilledChat, fillChats } from "../../client/fill-chats.ts";
import { type BenchPage, delayOf, openPage } from "../../client/open-page.ts";
import { visitChat } from "../../client/visit-chat.ts";
import { atMost, withoutTarget } from "../../figure.ts";
import { median, range } from "../../statistics.ts";
import type { E2eeBench } from "../e2ee-bench.ts";
import { awaitEngines, makeEncryptedRoom } from "../encrypted-room.ts";
import { installEngineMeter } from "../engine-meter.ts";

/** So many messages in one chat, then as many in the other. */
const blockSize = 10;
const blocksPerRun = 3;
const mostExtraMs = 25;
const slowestMs = 50;
const selector = "[role=log] article";

/**
 * Two browsers, and two chats of them on an idle server, one in clear and one encrypted, by turns: from one's Enter to the
 * paint of the message in the other, and from Enter to the bubble.
 */
export const sendBench: E2eeBench = {
	ids: ["encrypted.extra.p50", "keypress.paint"],
	measure: async ({ launch, say, noteMainThread }) => {
		await using server = await startBenchServer();
		const [person, friend] = await server.people(2);
		if (person === undefined || friend === undefined) throw new Error("two people are needed");
		const [plain] = await fillChats(server, { person, friend, chatCount: 1, messageCount: 30 });
		const { origin } = server.process;
		const scripts = [installEngineMeter];
		await using sender = await openPage(await launch(), { origin, person, path: "/chat", scripts });
		await using receiver = await openPage(await launch(), { origin, person: friend, path: "/chat", scripts });
		await awaitEngines(server, [person, friend]);
		const pair = { sender, receiver };
		const sealed = await begin(pair, await makeEncryptedRoom(server, [person, friend]));
		if (plain === undefined) throw new Error("a chat is needed");
		const chats = { plain, sealed };
		const runs: Run[] = [];
		for (const run of range(runCount + 1)) {
			const times = await measureRun(pair, chats, run);
			say(`send: in clear ${ms(times.plain)}, encrypted ${ms(times.sealed)}, to the bubble ${ms(times.bubble)}`);
			// The first run warms up.
			if (run > 0) runs.push(times);
		}
		for (const { page } of [sender, receiver]) {
			noteMainThread(await page.evaluate(() => window.engineMeter.takeBusy()));
		}
		const of = (pick: (run: Run) => number): number => median(runs.map(pick));
		return [
			atMost(mostExtraMs, { id: "encrypted.extra.p50", value: of((run) => run.sealed - run.plain), unit: "ms" }),
			withoutTarget({ id: "encrypted.painted.p50", value: of((run) => run.sealed), unit: "ms" }),
			withoutTarget({ id: "plain.painted.p50", value: of((run) => run.plain), unit: "ms" }),
			atMost(slowestMs, { id: "keypress.paint", value: of((run) => run.bubble), unit: "ms" }),
		];
	},
};

const ms = (value: number): string => `${value.toFixed(1)} ms`;

interface Pair {
	readonly sender: BenchPage;
	readonly receiver: BenchPage;
}

/** Medians of a run. */
interface Run {
	readonly plain: number;
	readonly sealed: number;
	/** To the bubble in the encrypted chat. */
	readonly bubble: number;
}

type Chats = Record<"plain" | "sealed", FilledChat>;

/** Says the first thing in a chat, so that both find it by that. */
async function begin({ sender, receiver }: Pair, roomId: string): Promise<FilledChat> {
	const path = `/chat/${encodeURIComponent(roomId)}`;
	for (const { page } of [sender, receiver]) await page.goto(path);
	const newest = "The first that is encrypted.";
	await timeOne({ sender, receiver }, newest);
	return { roomId, newest };
}

async function measureRun(pair: Pair, chats: Chats, run: number): Promise<Run> {
	const times = { plain: [] as number[], sealed: [] as number[], bubble: [] as number[] };
	for (const block of range(blocksPerRun * 2)) {
		const kind = block % 2 === 0 ? "plain" : "sealed";
		for (const one of [pair.sender, pair.receiver]) await visitChat(one, chats[kind]);
		for (const index of range(blockSize)) {
			const newest = `Message ${index} of block ${block} of run ${run}.`;
			const { painted, bubble } = await timeOne(pair, newest);
			times[kind].push(painted);
			if (kind === "sealed") times.bubble.push(bubble);
			chats[kind] = { ...chats[kind], newest };
			await delay(60 + ((index * 7) % 17));
		}
	}
	return { plain: median(times.plain), sealed: median(times.sealed), bubble: median(times.bubble) };
}

async function timeOne({ sender, receiver }: Pair, text: string): Promise<{ painted: number; bubble: number }> {
	await sender.page.getByRole("textbox", { name: "Message", exact: true }).fill(text);
	const press = (): Promise<void> => sender.page.keyboard.press("Enter");
	const sent = { causedMs: Number.NaN, paintedMs: Number.NaN, navigatedMs: Number.NaN };
	const { paintedMs } = await receiver.timePaint({ selector, text }, async () => {
		Object.assign(sent, await sender.timePaint({ event: "keydown", selector, text }, press));
	});
	return { painted: paintedMs - sent.causedMs, bubble: delayOf(sent) };
}
