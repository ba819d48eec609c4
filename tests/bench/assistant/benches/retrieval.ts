import { chromium, type Page } from "playwright";
import { findChromium } from "../../../../tools/find-chromium.ts";
import { startBenchServer } from "../../bench-server.ts";
import { atMost, withoutTarget } from "../../figure.ts";
import { percentile } from "../../statistics.ts";
import type { AssistantBench } from "../assistant-bench.ts";

const messageCount = 20_000;
const chatCount = 40;
const questionCount = 200;
/** As small models make them. */
const width = 384;
const mostMs = 30;
const mostBytes = 2_048;

/**
 * How long a question takes to the worker that ships and back, by words and by vectors, over the messages of a long life, and
 * what the worker's memory grows by for each of them. Ten thousand words, used as often as words of a language are.
 */
export const retrievalBench: AssistantBench = {
	ids: ["retrieval.p95", "index.bytes"],
	isOnModel: false,
	measure: async ({ say }) => {
		const found = findChromium();
		if (found.kind === "missing") throw new Error(found.message);
		await using server = await startBenchServer();
		const args = ["--js-flags=--expose-gc", ...(process.getuid?.() === 0 ? ["--no-sandbox"] : [])];
		const browser = await chromium.launch({ executablePath: found.path, args });
		try {
			const context = await browser.newContext();
			// What names functions is no part of what runs in the page.
			await context.addInitScript({ content: "globalThis.__name = (named) => named;" });
			const page = await context.newPage();
			await page.goto(`${server.process.origin}/sign-in`);
			const { takenMs, hitCount, addMs } = await measureIn(page);
			const bytes = await heapOfWorker(page);
			const empty = await heapOfWorker(await otherPage(page));
			if (hitCount < questionCount) throw new Error(`only ${hitCount} hits: the index is not whole`);
			say(`retrieval: ${messageCount} messages taken in within ${addMs.toFixed(0)} ms, ${hitCount} hits`);
			return [
				atMost(mostMs, { id: "retrieval.p95", value: percentile(takenMs, 0.95), unit: "ms" }),
				atMost(mostBytes, { id: "index.bytes", value: (bytes - empty) / messageCount, unit: "bytes" }),
				withoutTarget({ id: "retrieval.max", value: Math.max(...takenMs), unit: "ms" }),
			];
		} finally {
			await browser.close();
		}
	},
};

/** A page with a worker in which nothing is. */
const otherPage = async (page: Page): Promise<Page> => {
	const other = await page.context().newPage();
	await other.goto(page.url());
	await other.evaluate(openWorker);
	return other;
};

/** In the page: starts the worker and waits until it answers. */
const openWorker = async (): Promise<void> => {
	const worker = new Worker("/search-engine/worker.js", { type: "module" });
	await new Promise<void>((resolve, reject) => {
		worker.onmessage = () => resolve();
		worker.onerror = () => reject(new Error("the worker does not start"));
		worker.postMessage({ id: 0, kind: "find", words: [], groups: [], most: 1 });
	});
	Object.assign(globalThis, { searchWorker: worker });
};

const measureIn = async (page: Page) => {
	await page.evaluate(openWorker);
	return page.evaluate(askQuestions, { messageCount, chatCount, questionCount, width });
};

interface Sizes {
	readonly messageCount: number;
	readonly chatCount: number;
	readonly questionCount: number;
	/** Numbers of a vector. */
	readonly width: number;
}

/** In the page: makes messages, hands them over chat by chat, and asks. */
const askQuestions = async (sizes: Sizes) => {
	const { searchWorker: worker } = globalThis as unknown as { searchWorker: Worker };
	let seed = 7;
	const random = (): number => {
		seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
		return seed / 2 ** 32;
	};
	// As in any language: the n-th word is used an n-th as often as the first.
	const word = (): string => `w${Math.floor(10_000 ** random())}`;
	const text = (): string => Array.from({ length: 4 + Math.floor(random() * 18) }, word).join(" ");
	const vector = (): Int8Array => Int8Array.from({ length: sizes.width }, () => Math.floor(random() * 255) - 127);
	const ask = (call: object): Promise<{ readonly hits: readonly unknown[] }> =>
		new Promise((resolve) => {
			worker.onmessage = ({ data }) => resolve(data);
			worker.postMessage({ id: 1, ...call });
		});
	const groups = Array.from({ length: sizes.chatCount }, (_, chat) => `!chat${chat}:kith.example`);
	const startMs = performance.now();
	for (const [chat, group] of groups.entries()) {
		const texts = Array.from({ length: sizes.messageCount / sizes.chatCount }, (_, place) => ({
			id: `$${chat}-${place}-${"x".repeat(36)}`,
			text: text(),
		}));
		await ask({ kind: "add", group, texts });
		await ask({ kind: "vectors", group, vectors: texts.map(({ id }) => ({ id, vector: vector() })) });
	}
	const addMs = performance.now() - startMs;
	const takenMs: number[] = [];
	let hitCount = 0;
	for (let question = 0; question < sizes.questionCount; question += 1) {
		const words = Array.from({ length: 3 + (question % 4) }, word);
		const askedAt = performance.now();
		const { hits } = await ask({ kind: "find", words, groups, most: 400, meaning: vector() });
		takenMs.push(performance.now() - askedAt);
		hitCount += hits.length;
	}
	return { takenMs, hitCount, addMs };
};

/** Bytes that the worker's heap has in use, after what is not needed was let go of. */
const heapOfWorker = async (page: Page): Promise<number> => {
	const session = await page.context().newCDPSession(page);
	const attached = new Promise<string>((resolve) => {
		session.on("Target.attachedToTarget", ({ sessionId, targetInfo }) => {
			if (targetInfo.type === "worker") resolve(sessionId);
		});
	});
	await session.send("Target.setAutoAttach", { autoAttach: true, waitForDebuggerOnStart: false, flatten: false });
	const sessionId = await attached;
	const call = (
		id: number,
		method: string,
	): Promise<{ readonly usedSize?: number; readonly backingStorageSize?: number }> =>
		new Promise((resolve) => {
			session.on("Target.receivedMessageFromTarget", ({ message }) => {
				const answer = JSON.parse(message) as { readonly id?: number; readonly result?: object };
				if (answer.id === id) resolve(answer.result ?? {});
			});
			void session.send("Target.sendMessageToTarget", { sessionId, message: JSON.stringify({ id, method }) });
		});
	await call(1, "HeapProfiler.collectGarbage");
	const { usedSize, backingStorageSize = 0 } = await call(2, "Runtime.getHeapUsage");
	if (usedSize === undefined) throw new Error("the worker does not tell its heap");
	// Bytes of vectors lie beside the heap.
	return usedSize + backingStorageSize;
};
