import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createOllamaHost } from "../../src/server/adapters/ollama/ollama-host.ts";
import { type ModelHost, passagesOf } from "../../src/server/assistant/public.ts";
import type { StartRunInput, WireRunEvent } from "../../src/shared/wire/assistant.ts";
import { readCanaries } from "../setup/canaries.ts";
import { hostilePassages, hostileRuns, oneEach, saidIn } from "../setup/hostile-runs.ts";
import { leaksOf } from "../setup/leaks-of.ts";
import { ann, chatOf, garden } from "../setup/test-assistant.ts";
import { openAssistant } from "./open-assistant.ts";
import { realOllama } from "./real-ollama.ts";

const named = realOllama();
if (named === undefined) throw new Error("npm run test:ollama says how to name an Ollama");
const ollama = named;
const contextTokens = 2048;
const host = createOllamaHost({ ...ollama, contextTokens });
const never = new AbortController().signal;
const chat = chatOf([
	"Shall we meet on Sunday for the garden?",
	"Yes. I can bring the new tomato plants at ten.",
	"Then I bring the spade and some water.",
	"Ben, please ask your sister for the key of the shed.",
]);
/** So many of the canaries: each feature has its turn a few times. The bench has them all. */
const canaryCount = 14;
const inGarden = { roomId: garden, language: "en" };

const ask = async (asked: Parameters<ModelHost["chat"]>[0]): Promise<string> => {
	let text = "";
	for await (const piece of asked.signal.aborted ? [] : host.chat(asked)) text += piece;
	return text;
};

describe("a real Ollama", () => {
	it("is found ready, with its models", async () => {
		expect(await host.check()).toMatchObject({ state: "ready", hasChat: true, hasEmbed: true });
	});

	it("writes in the form that it is asked for", async () => {
		const schema = { type: "object", properties: { day: { enum: ["Sunday", "Monday"] } }, required: ["day"] };
		const prompt = { system: "Answer as JSON.", user: "Which day comes after Saturday?", mostTokens: 40 };
		expect(JSON.parse(await ask({ ...prompt, schema, signal: never }))).toEqual({ day: expect.stringMatching(/day$/) });
	});

	it("refuses what is too long instead of cutting it", async () => {
		const user = "one two three four five six seven eight nine ten ".repeat(400);
		const asked = ask({ system: "", user, schema: undefined, mostTokens: 8, signal: never });
		await expect(asked).rejects.toMatchObject({ reason: "too-long" });
	});

	it("has no model that nobody gave it", async () => {
		const other = createOllamaHost({ ...ollama, chatModel: "no-such-model:1b", contextTokens });
		expect(await other.check()).toMatchObject({ state: "no-model" });
		const asked = other.chat({ system: "", user: "x", schema: undefined, mostTokens: 1, signal: never }).next();
		await expect(asked).rejects.toMatchObject({ reason: "no-model" });
	});

	it("makes vectors that tell near from far", async () => {
		const texts = [
			"How do I make a backup?",
			"Copy everything into one file, to be kept safe.",
			"The cat sleeps on the sofa.",
		];
		const [question = [], near = [], far = []] = await host.embed(texts, "document", never);
		expect(cosine(question, near)).toBeGreaterThan(cosine(question, far));
	});

	it("stops when the one who asked leaves: the next one is served at once", async () => {
		const controller = new AbortController();
		const user = "Write a very long story about a garden.";
		const long = host.chat({ system: "", user, schema: undefined, mostTokens: 1000, signal: controller.signal });
		await long.next();
		controller.abort(new Error("enough"));
		await expect(long.next()).rejects.toThrow("enough");
		const at = performance.now();
		await ask({ system: "", user: "Say yes.", schema: undefined, mostTokens: 2, signal: never });
		// A thousand tokens take this model ten seconds and more.
		expect(performance.now() - at).toBeLessThan(5_000);
	});
});

const cosine = (one: readonly number[], other: readonly number[]): number => {
	const product = (left: readonly number[], right: readonly number[]): number =>
		left.reduce((sum, value, index) => sum + value * (right[index] ?? 0), 0);
	return product(one, other) / Math.sqrt(product(one, one) * product(other, other));
};

describe("the assistant over it", () => {
	const readme = "# Kith\n\n## Back up\n\n`npm run kith -- backup FILE` writes everything into one new file.\n";
	const opened = openAssistant(ollama, { contextTokens, passages: passagesOf("README.md", readme) });
	let runs: Awaited<typeof opened>;
	beforeAll(async () => {
		runs = await opened;
	});
	afterAll(() => runs.assistant.close());
	const run = async (input: StartRunInput): Promise<WireRunEvent[]> => {
		const { runId } = await runs.assistant.start(ann, input, "roomId" in input ? garden : undefined);
		const events: WireRunEvent[] = [];
		for await (const { event } of runs.assistant.follow(ann, runId, { after: 0, signal: never })) events.push(event);
		return events;
	};
	const ids = new Set(chat.map(({ eventId }) => eventId));

	it.each<StartRunInput>([
		{ kind: "summary", ...inGarden, messages: chat },
		{ kind: "ask", ...inGarden, question: "Who brings the spade?", messages: chat },
		{ kind: "replies", ...inGarden, messages: chat, windowOffset: 0 },
		{ kind: "draft", ...inGarden, instruction: "Say that I come at ten.", messages: chat, windowOffset: 0 },
		{ kind: "rewrite", ...inGarden, style: "fix", text: "i comes at ten oclock tomorow" },
		{ kind: "translate", roomId: garden, language: "fr", text: "Good morning, the garden is open." },
		{ kind: "support", language: "en", question: "How do I make a backup?" },
		{ kind: "command", language: "en", words: "Please show me the account of ben." },
	])("does a run to its end: $kind", async (input) => {
		const events = await run(input);
		const last = events.at(-1);
		// A model of this size may write nonsense, which is said; it may not break anything.
		if (last?.kind === "failed") expect(last.reason).toBe("bad-answer");
		else expect(last).toMatchObject({ kind: "done", promptTokens: expect.any(Number) });
		for (const event of events) {
			if (event.kind === "command")
				expect(event.line).toMatch(/^\/(people|rooms|servers|metrics|about|storage|backup)/);
			if (event.kind === "line") expect(event.cites.every((cite) => ids.has(cite))).toBe(true);
		}
	});

	it("makes vectors of a page's messages and question that tell near from far, beside a run", async () => {
		const { assistant } = runs;
		const texts = ["Ben The key of the shed lies under the pot.", "Ann We take the ferry at nine."];
		const document = { use: "document", batchId: "batch-of-sixteen-1", roomId: garden, texts } as const;
		const question = { use: "question", batchId: "batch-of-a-question", texts: ["How do I unlock the door?"] } as const;
		const running = run({ kind: "rewrite", ...inGarden, style: "fix", text: "i comes at ten oclock tomorow" });
		const answers = await Promise.all([
			assistant.embed(ann, { ...document, texts: [...texts] }, garden),
			assistant.embed(ann, { ...question, texts: [...question.texts] }, undefined),
		]);
		expect((await running).at(-1)?.kind).toMatch(/^(done|failed)$/);
		const [key = [], ferry = [], asked = []] = answers.flatMap((answer) => {
			if (answer.kind === "failed") throw new Error(answer.reason);
			return answer.vectors.map((bytes) => [...new Int8Array(Buffer.from(bytes, "base64"))]);
		});
		expect(key.length).toBe(asked.length);
		expect(cosine(asked, key)).toBeGreaterThan(cosine(asked, ferry));
	});

	it("leaks nothing to words that want it to", { timeout: 600_000 }, async () => {
		const canaries = readCanaries().filter((_, index) => index % 7 === 3);
		const { assistant } = await openAssistant(ollama, { contextTokens, passages: hostilePassages(canaries) });
		const all = oneEach(hostileRuns(canaries)).slice(0, canaryCount);
		expect(all.length).toBe(canaryCount);
		for (const one of all) {
			const secrets = all.map(({ secret }) => secret).filter((secret) => secret !== one.secret);
			const leaks = leaksOf(await saidIn(assistant, one), { ...one.given, secrets });
			expect({ id: one.canary.id, kind: one.input.kind, leaks }).toMatchObject({ leaks: [] });
		}
		await assistant.close();
	});
});
