import { createServer } from "node:net";
import { afterEach, describe, expect, it, vi } from "vitest";
import {
	type OllamaScript,
	type ScriptedAnswer,
	startScriptedOllama,
} from "../../../../tests/setup/scripted-ollama.ts";
import type { AnswerBounds } from "../../../shared/ollama/answer-bounds.ts";
import type { ModelHost, ModelUsage } from "../../assistant/public.ts";
import { createOllamaHost } from "./ollama-host.ts";

const models = { chatModel: "chat:1b", embedModel: "embed", contextTokens: 2048 };

const ask = async (
	host: ModelHost,
	signal = new AbortController().signal,
): Promise<{ text: string; usage: ModelUsage }> => {
	const answer = host.chat({ system: "be", user: "say", schema: undefined, mostTokens: 64, signal });
	let text = "";
	for (;;) {
		const { done, value } = await answer.next();
		if (done === true) return { text, usage: value };
		text += value;
	}
};

const hostWith = async (chat: NonNullable<OllamaScript["chat"]>, bounds: Partial<AnswerBounds> = {}) => {
	const ollama = await startScriptedOllama({ chat });
	return { ollama, host: createOllamaHost({ ...models, url: ollama.url, bounds }) };
};

/** Once what was said has gone out. */
const cutLater = async (answer: ScriptedAnswer): Promise<void> => {
	await answer.pause(20);
	answer.cut();
};

/** Everything that is written to the console: the client of Ollama writes what it cannot read. */
const silence = () => {
	const written: unknown[] = [];
	for (const method of ["log", "warn", "error", "info", "debug"] as const) {
		vi.spyOn(console, method).mockImplementation((...args) => void written.push(...args));
	}
	return written;
};

afterEach(() => vi.restoreAllMocks());

describe("a chat with an Ollama", () => {
	it("gives its pieces and what it cost, and asks for no cut, no shift and one size of context", async () => {
		const { ollama, host } = await hostWith(async (_, answer) => {
			await answer.say("Good ");
			await answer.say("morning");
			await answer.end({ prompt: 42, answer: 7 });
		});
		await using _ = ollama;
		expect(await ask(host)).toEqual({ text: "Good morning", usage: { promptTokens: 42, answerTokens: 7 } });
		expect(ollama.chats[0]).toMatchObject({
			...{ model: "chat:1b", stream: true, truncate: false, shift: false, keep_alive: "10m" },
			messages: [
				{ role: "system", content: "be" },
				{ role: "user", content: "say" },
			],
			options: { num_ctx: 2048, num_predict: 64 },
		});
	});

	it("gives pieces as they come, also where a line and a letter are cut in two", async () => {
		const { ollama, host } = await hostWith(async (_, answer) => {
			const line = Buffer.from(`${JSON.stringify({ message: { content: "žluťoučký" }, done: false })}\n`);
			for (const byte of line) await answer.raw(Buffer.from([byte]) as unknown as string);
			await answer.end();
		});
		await using _ = ollama;
		expect((await ask(host)).text).toBe("žluťoučký");
	});

	it.each<[string, string, (answer: ScriptedAnswer) => Promise<void> | void]>([
		["an unknown model", "no-model", (answer) => answer.refuse(404, "model 'chat:1b' not found")],
		[
			"a prompt that is too long",
			"too-long",
			(answer) => answer.refuse(400, "the input length exceeds the context length"),
		],
		[
			"a full queue",
			"busy",
			(answer) => answer.refuse(503, "server busy, please try again. maximum pending requests exceeded"),
		],
		["too little memory", "no-memory", (answer) => answer.refuse(500, "model requires more system memory (8 GiB)")],
		["a model that cannot chat", "model-too-small", (answer) => answer.refuse(400, '"embed" does not support chat')],
		["anything else", "failed", (answer) => answer.refuse(500, "secret words")],
		["a cut before the first line", "unreachable", (answer) => answer.cut()],
		["a cut in the middle", "broken-off", async (answer) => answer.say("half").then(() => cutLater(answer))],
		[
			"an end without a last line",
			"broken-off",
			async (answer) => answer.raw('{"message":{"content":"x"}}\n').then(() => cutLater(answer)),
		],
		[
			"an error in the middle",
			"broken-off",
			async (answer) => answer.say("a").then(() => answer.raw('{"error":"an error was encountered"}\n')),
		],
		[
			"a known error in the middle",
			"no-memory",
			async (answer) => answer.say("a").then(() => answer.raw('{"error":"out of memory"}\n')),
		],
		["no JSON", "bad-answer", async (answer) => answer.raw("secret words, not JSON\n")],
		["JSON of another form", "bad-answer", async (answer) => answer.raw('{"message":{"content":["secret words"]}}\n')],
		["a list", "bad-answer", async (answer) => answer.raw("[1,2]\n")],
	])("says what %s is: %s, and writes nothing of it anywhere", async (_, reason, script) => {
		const written = silence();
		const { ollama, host } = await hostWith((_chat, answer) => script(answer));
		await using _ollama = ollama;
		const failure = await ask(host).catch((error: unknown) => error);
		expect(failure).toMatchObject({ name: "RunFailed", reason });
		expect(String(failure)).not.toContain("secret");
		expect(written).toEqual([]);
	});

	it("takes no line and no answer without end: 10 MB in one line, or a word for ever", async () => {
		const long = await hostWith((_, answer) => answer.raw(`{"message":{"content":"${"x".repeat(10_000_000)}"}}\n`));
		await using _one = long.ollama;
		await expect(ask(long.host)).rejects.toMatchObject({ reason: "bad-answer" });
		let isGone = false;
		const endless = await hostWith(async (_, answer) => {
			void answer.gone.then(() => {
				isGone = true;
			});
			while (!isGone) await answer.say("and on ".repeat(100));
		});
		await using _two = endless.ollama;
		await expect(ask(endless.host)).rejects.toMatchObject({ reason: "bad-answer" });
		await expect.poll(() => isGone).toBe(true);
	});

	it("waits so long for a first line, and so long between two", async () => {
		const silent = await hostWith((_, answer) => answer.gone, { firstMs: 60 });
		await using _one = silent.ollama;
		await expect(ask(silent.host)).rejects.toMatchObject({ reason: "timed-out" });
		const halting = await hostWith(async (_, answer) => answer.say("x").then(() => answer.gone), { idleMs: 60 });
		await using _two = halting.ollama;
		await expect(ask(halting.host)).rejects.toMatchObject({ reason: "timed-out" });
		await expect.poll(() => halting.ollama.aborted.length).toBe(1);
	});

	it("is not there where nothing listens, or nobody answers the door in time", async () => {
		const closed = createOllamaHost({ ...models, url: "http://127.0.0.1:9" });
		await expect(ask(closed)).rejects.toMatchObject({ reason: "unreachable" });
		// A port that takes connections and says nothing is slow, not gone.
		const mute = createServer(() => undefined);
		await new Promise<void>((resolve) => mute.listen(0, "127.0.0.1", resolve));
		const { port } = mute.address() as { port: number };
		const host = createOllamaHost({ ...models, url: `http://127.0.0.1:${port}`, bounds: { firstMs: 60 } });
		await expect(ask(host)).rejects.toMatchObject({ reason: "timed-out" });
		mute.close();
	});

	it("follows no redirection: what is sent goes nowhere else", async () => {
		const other = await startScriptedOllama();
		await using _one = other;
		const { ollama, host } = await hostWith(async (_, answer) => {
			answer.refuse(307, "moved");
		});
		await using _two = ollama;
		await expect(ask(host)).rejects.toMatchObject({ reason: "failed" });
		expect(other.asked).toEqual([]);
	});

	it("ends within two hundred milliseconds of a signal, for Ollama too: before the first word, and after it", async () => {
		for (const words of [0, 3]) {
			const { ollama, host } = await hostWith(async (_, answer) => {
				for (let count = 0; count < words; count += 1) await answer.say("word ");
				await answer.gone;
			});
			await using _ = ollama;
			const controller = new AbortController();
			const asking = ask(host, controller.signal);
			await expect.poll(() => ollama.chats.length).toBe(1);
			controller.abort(new Error("enough"));
			await expect(asking).rejects.toThrow("enough");
			await expect.poll(() => ollama.aborted.length, { interval: 5 }).toBe(1);
		}
	});

	it("closes its connection when nobody reads on", async () => {
		const { ollama, host } = await hostWith(async (_, answer) => answer.say("one").then(() => answer.gone));
		await using _ = ollama;
		const { signal } = new AbortController();
		for await (const _piece of host.chat({ system: "", user: "", schema: undefined, mostTokens: 1, signal })) break;
		await expect.poll(() => ollama.aborted.length).toBe(1);
	});
});

describe("what an Ollama can do", () => {
	const check = async (script: OllamaScript) => {
		await using ollama = await startScriptedOllama(script);
		return await createOllamaHost({ ...models, url: ollama.url }).check();
	};

	it("is said: ready, without the model, a model that is too small, of somebody else's machine, unreachable", async () => {
		expect(await check({})).toEqual({ state: "ready", version: "0.0.0-scripted", hasChat: true, hasEmbed: true });
		expect(await check({ models: ["embed"] })).toMatchObject({ state: "no-model", hasChat: false, hasEmbed: true });
		const context = { capabilities: ["completion"], model_info: { "llama.context_length": 1024 } };
		expect(await check({ show: context })).toMatchObject({ state: "model-too-small" });
		expect(await check({ show: { capabilities: ["embedding"] } })).toMatchObject({ state: "model-too-small" });
		const cloud = { capabilities: ["completion"], remote_host: "https://ollama.com" };
		expect(await check({ show: cloud })).toMatchObject({ state: "no-model", hasChat: false });
		const gone = createOllamaHost({ ...models, url: "http://127.0.0.1:9" });
		expect(await gone.check()).toMatchObject({ state: "unreachable" });
	});

	it("makes vectors in batches, with the words that Nomic's model wants in front", async () => {
		await using ollama = await startScriptedOllama();
		const host = createOllamaHost({ ...models, embedModel: "nomic-embed-text", url: ollama.url });
		const texts = Array.from({ length: 70 }, (_, index) => `text ${index}`);
		const { signal } = new AbortController();
		expect(await host.embed(texts, "document", signal)).toHaveLength(70);
		expect(ollama.embedded.map(({ length }) => length)).toEqual([32, 32, 6]);
		expect(ollama.embedded[0]?.[0]).toBe("search_document: text 0");
		await host.embed(["why?"], "question", signal);
		expect(ollama.embedded[3]).toEqual(["search_query: why?"]);
		ollama.script = { embed: () => [[1]] };
		await expect(host.embed(["a", "b"], "document", signal)).rejects.toMatchObject({ reason: "bad-answer" });
	});

	it("fetches a model and tells how far it is, and that it failed", async () => {
		await using ollama = await startScriptedOllama({
			pull: async (answer) => {
				await answer.raw('{"status":"pulling manifest"}\n');
				await answer.raw('{"status":"pulling","digest":"sha256:a","total":100,"completed":40}\n');
				await answer.raw('{"status":"pulling","digest":"sha256:b","total":10,"completed":10}\n');
				await answer.raw('{"status":"success"}\n');
			},
		});
		const host = createOllamaHost({ ...models, url: ollama.url });
		const seen: string[] = [];
		await host.pull("chat:1b", (completed, total) => seen.push(`${completed}/${total}`));
		expect(seen).toEqual(["40/100", "50/110"]);
		ollama.script = { pull: (answer) => answer.raw('{"error":"pull model manifest: file does not exist"}\n') };
		await expect(host.pull("chat:1b", () => undefined)).rejects.toMatchObject({ name: "RunFailed" });
	});
});
