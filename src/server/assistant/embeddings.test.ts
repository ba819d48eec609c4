import { describe, expect, it } from "vitest";
import type { OllamaScript } from "../../../tests/setup/scripted-ollama.ts";
import { ann, ben, createTestAssistant, garden, type TestAssistant } from "../../../tests/setup/test-assistant.ts";
import type { EmbedInput } from "../../shared/wire/embedding.ts";

const canary = "persimmon-7719-canary";
const rewrite = { kind: "rewrite", roomId: garden, language: "en", style: "fix", text: "helo" } as const;
const batchOf = (texts: readonly string[], batchId = "batch-of-sixteen-1"): EmbedInput => ({
	...{ use: "document", batchId, roomId: garden, texts: [...texts] },
});
const embed = ({ assistant }: TestAssistant, input = batchOf([canary]), owner = ann) =>
	assistant.embed(owner, input, input.use === "document" ? garden : undefined);
const bytesIn = (vectors: readonly string[]) => vectors.map((one) => [...new Int8Array(Buffer.from(one, "base64"))]);

/** An Ollama that makes vectors when the test lets it. */
const slowly = () => {
	const ends: (() => void)[] = [];
	return {
		ends,
		script: { embed: () => new Promise<undefined>((resolve) => ends.push(() => resolve(undefined))) },
	};
};

/** An Ollama that answers a chat when the test lets it. */
const answeringSlowly = () => {
	let end: () => void = () => undefined;
	const mayEnd = new Promise<void>((resolve) => {
		end = resolve;
	});
	const chat: OllamaScript["chat"] = (_, answer) => mayEnd.then(() => answer.say("hello")).then(() => answer.end());
	return { end: () => end(), script: { chat } };
};

describe("what texts mean", () => {
	it("comes as bytes, with the name of the model, and leaves no word anywhere", async () => {
		const script = { embed: () => [[0.5, -1, 0.25]] };
		await using test = await createTestAssistant({ script });
		const answer = await embed(test);
		if (answer.kind !== "vectors") throw new Error(answer.reason);
		expect(answer.model).toBe("embed");
		expect(bytesIn(answer.vectors)).toEqual([[64, -127, 32]]);
		expect(test.ollamas[0]?.embedded).toEqual([[canary]]);
		expect(test.ollamas[0]?.asked.join()).not.toContain(canary);
		expect(JSON.stringify(test.records) + test.logLines.join()).not.toContain(canary);
		expect(await test.assistant.status()).toMatchObject({ embedModel: "embed" });
	});

	it("is not asked for where the room's people want no assistant; a question of one's own has no room", async () => {
		await using test = await createTestAssistant({ policy: "off" });
		await expect(embed(test)).rejects.toMatchObject({ code: "assistant-off" });
		expect(test.ollamas[0]?.embedded).toEqual([]);
		const question: EmbedInput = { use: "question", batchId: "batch-of-a-question", texts: ["when?"] };
		expect(await embed(test, question)).toMatchObject({ kind: "vectors" });
	});

	it("is not said to be there where no Ollama has the model for it", async () => {
		await using test = await createTestAssistant({ script: { models: ["chat:1b"] } });
		expect(await test.assistant.status()).not.toHaveProperty("embedModel");
	});

	it.each([
		["no vector", []],
		["one too many", [[1, 0], [0, 1], [1, 1]]], // biome-ignore format: a case a line
		["vectors of two lengths", [[1, 0], [1, 0, 0]]], // biome-ignore format: a case a line
		["an empty one", [[], []]],
		["no numbers", [["1", 0], [0, 1]]], // biome-ignore format: a case a line
		["what JSON has for no number", [[null, 0], [0, 1]]], // biome-ignore format: a case a line
		["what is none", '{"embeddings":[[NaN,0],[0,1]]}'],
		["numbers without end", '{"embeddings":[[1e999,0],[0,1]]}'],
		["something else", '{"error":"persimmon-7719-canary"}'],
		["vectors of a million numbers", [Array(1_000_000).fill(0), [0, 1]]], // biome-ignore format: a case a line
	])("is no answer where the model says %s", async (_, said) => {
		await using test = await createTestAssistant({ script: { embed: () => said } });
		expect(await embed(test, batchOf([canary, "two"]))).toEqual({ kind: "failed", reason: "bad-answer" });
		expect(test.logLines.join()).not.toContain(canary);
	});

	it("gives way to an answer at once, and is made after it", async () => {
		const { ends, script } = slowly();
		await using test = await createTestAssistant({
			script: { ...script, chat: (_, answer) => answer.say("hello").then(() => answer.end()) },
		});
		const [ollama] = test.ollamas;
		const making = embed(test);
		await expect.poll(() => ollama?.embedded.length).toBe(1);
		// Nobody lets the vectors be made: only one that gave way lets the run end.
		expect((await test.run(rewrite)).at(-1)).toMatchObject({ kind: "done" });
		expect(ollama?.aborted).toHaveLength(1);
		await expect.poll(() => ollama?.embedded.length).toBe(2);
		ends.at(-1)?.();
		expect(await making).toMatchObject({ kind: "vectors" });
	});

	it("waits while somebody's answer is written", async () => {
		const { end, script } = answeringSlowly();
		await using test = await createTestAssistant({ script });
		const running = test.run(rewrite);
		await expect.poll(() => test.ollamas[0]?.chats.length).toBe(1);
		const making = embed(test);
		expect(await test.assistant.status()).toMatchObject({ state: "busy", waiting: 0 });
		expect(test.ollamas[0]?.embedded).toEqual([]);
		end();
		expect((await running).at(-1)).toMatchObject({ kind: "done" });
		expect(await making).toMatchObject({ kind: "vectors" });
	});

	it("is ended by who asked for it, down to Ollama, and by nobody else", async () => {
		const { script } = slowly();
		await using test = await createTestAssistant({ script });
		const making = embed(test);
		await expect.poll(() => test.ollamas[0]?.embedded.length).toBe(1);
		test.assistant.cancelEmbed(ben, "batch-of-sixteen-1");
		test.assistant.cancelEmbed(ann, "batch-of-sixteen-2");
		expect(test.ollamas[0]?.aborted).toEqual([]);
		test.assistant.cancelEmbed(ann, "batch-of-sixteen-1");
		expect(await making).toEqual({ kind: "failed", reason: "abandoned" });
		await expect.poll(() => test.ollamas[0]?.aborted.length).toBe(1);
	});

	it("takes no longer at Ollama than it may", async () => {
		const { script } = slowly();
		await using test = await createTestAssistant({ script, times: { mostEmbedMs: 80 } });
		expect(await embed(test, batchOf(["one"]))).toEqual({ kind: "failed", reason: "timed-out" });
		expect(test.ollamas[0]?.embedded).toEqual([["one"]]);
		await expect.poll(() => test.ollamas[0]?.aborted.length).toBe(1);
	});

	it("waits no longer than it may, and is not begun after that", async () => {
		const { end, script } = answeringSlowly();
		await using test = await createTestAssistant({ script, times: { mostEmbedMs: 80 } });
		const running = test.run(rewrite);
		await expect.poll(() => test.ollamas[0]?.chats.length).toBe(1);
		expect(await embed(test)).toEqual({ kind: "failed", reason: "timed-out" });
		end();
		expect((await running).at(-1)).toMatchObject({ kind: "done" });
		expect(test.ollamas[0]?.embedded).toEqual([]);
	});

	it("is asked for three times at once by one person, others have theirs, and ends with the server", async () => {
		const { script } = slowly();
		await using test = await createTestAssistant({ script });
		const waiting = ["one", "two", "three"].map((text) => embed(test, batchOf([text], `batch-number-${text}`)));
		await expect(embed(test)).rejects.toMatchObject({ code: "too-many-requests", retryAfterMs: 15_000 });
		const bens = embed(test, batchOf(["four"], "batch-of-ben-1234"), ben);
		await test.assistant.close();
		for (const one of [...waiting, bens]) expect(await one).toEqual({ kind: "failed", reason: "abandoned" });
	});
});
