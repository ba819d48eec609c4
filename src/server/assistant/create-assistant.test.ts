import { beforeAll, describe, expect, it } from "vitest";
import type { ScriptedAnswer } from "../../../tests/setup/scripted-ollama.ts";
import { ann, ben, chatOf, createTestAssistant, garden } from "../../../tests/setup/test-assistant.ts";
import { loadLibrary } from "./llamaindex/load-library.ts";

const rewrite = { kind: "rewrite", roomId: garden, language: "en", style: "fix", text: "helo wrld" } as const;
const canary = "pineapple-7731-canary";
const open = new AbortController().signal;

// The first run of a server waits for it.
beforeAll(async () => {
	await loadLibrary();
});

/** Words until somebody says enough. */
const speaking = () => {
	const says: ScriptedAnswer[] = [];
	const chat = async (_: unknown, answer: ScriptedAnswer) => {
		says.push(answer);
		await answer.say("word ");
		await answer.gone;
	};
	return { says, script: { chat } };
};

describe("a run", () => {
	it("is its owner's alone: others neither read it nor end it, and learn not that it is there", async () => {
		const { script, says } = speaking();
		await using test = await createTestAssistant({ script });
		const { runId } = await test.assistant.start(ann, rewrite, garden);
		const notFound = expect.objectContaining({ code: "not-found" });
		expect(() => test.assistant.follow(ben, runId, { after: 0, signal: open })).toThrow(notFound);
		expect(() => test.assistant.cancel(ben, runId)).toThrow(notFound);
		expect(() => test.assistant.cancel(ann, "x".repeat(24))).toThrow(notFound);
		await expect.poll(() => says.length).toBe(1);
		expect(test.ollamas[0]?.aborted).toEqual([]);
		test.assistant.cancel(ann, runId);
		expect((await test.read(runId)).at(-1)).toEqual({ kind: "cancelled" });
	});

	it("loses no word when its reader comes back, wherever they were", async () => {
		const words = Array.from({ length: 30 }, (_, index) => `w${index} `);
		await using test = await createTestAssistant({
			script: {
				chat: async (_, answer) => {
					for (const word of words) {
						await answer.say(word);
						await answer.pause(1);
					}
					await answer.end();
				},
			},
		});
		const { runId } = await test.assistant.start(ann, rewrite, garden);
		let position = 0;
		let text = "";
		let connections = 0;
		while (!text.includes("w29")) {
			connections += 1;
			const controller = new AbortController();
			let seen = 0;
			for await (const step of test.assistant.follow(ann, runId, { after: position, signal: controller.signal })) {
				position = step.position;
				if (step.event.kind === "text") text += step.event.text;
				seen += 1;
				if (seen === 4) controller.abort();
			}
		}
		expect(text).toBe(words.join("").trim());
		expect(connections).toBeGreaterThan(5);
	});

	it("that is cancelled ends at Ollama within two hundred milliseconds, and one that waits is not begun", async () => {
		const { script, says } = speaking();
		await using test = await createTestAssistant({ script });
		const first = await test.assistant.start(ann, rewrite, garden);
		const second = await test.assistant.start(ann, rewrite, garden);
		expect([first.position, second.position]).toEqual([0, 1]);
		test.assistant.cancel(ann, second.runId);
		expect(await test.read(second.runId)).toEqual([{ kind: "queued", position: 1 }, { kind: "cancelled" }]);
		await expect.poll(() => says.length).toBe(1);
		test.assistant.cancel(ann, first.runId);
		await expect.poll(() => test.ollamas[0]?.aborted.length, { interval: 5 }).toBe(1);
		expect((await test.read(first.runId)).at(-1)).toEqual({ kind: "cancelled" });
		expect(test.ollamas[0]?.chats).toHaveLength(1);
		await expect.poll(() => test.records.map(({ outcome }) => outcome)).toEqual(["cancelled"]);
	});

	it("that nobody follows is ended, and forgotten a while after its end", async () => {
		const { script } = speaking();
		await using test = await createTestAssistant({ script, times: { abandonedMs: 80, keptMs: 80 } });
		const { runId } = await test.assistant.start(ann, rewrite, garden);
		await expect.poll(() => test.records.map(({ outcome }) => outcome)).toEqual(["abandoned"]);
		expect((await test.read(runId)).at(-1)).toEqual({ kind: "failed", reason: "abandoned" });
		const read = () => test.read(runId).catch((error: { code: string }) => error.code);
		await expect.poll(read).toBe("not-found");
	});

	it("takes no longer than it may", async () => {
		const { script } = speaking();
		await using test = await createTestAssistant({ script, times: { mostMs: 100 } });
		expect((await test.run(rewrite)).at(-1)).toEqual({ kind: "failed", reason: "timed-out" });
	});

	it("ends with the server", async () => {
		const { script } = speaking();
		await using test = await createTestAssistant({ script });
		const reading = test.run(rewrite);
		await expect.poll(() => test.ollamas[0]?.chats.length).toBe(1);
		await test.assistant.close();
		expect((await reading).at(-1)).toEqual({ kind: "failed", reason: "abandoned" });
	});

	it("leaves no word in what is kept of it or logged, however it ends", async () => {
		await using test = await createTestAssistant();
		const endings = [
			async (answer: ScriptedAnswer) => answer.say(canary).then(() => answer.end()),
			async (answer: ScriptedAnswer) => answer.refuse(500, `failed at ${canary}`),
			async (answer: ScriptedAnswer) => answer.raw(`{"error":"${canary}"}\n`),
			async (answer: ScriptedAnswer) => answer.raw(`${canary} {"message":\n`),
			async (answer: ScriptedAnswer) =>
				answer.say(canary).then(() => answer.raw(`{"message":{"content":{"a":"${canary}"}}}\n`)),
		];
		for (const chat of endings) {
			for (const ollama of test.ollamas) ollama.script = { chat: (_, answer) => chat(answer) };
			await test.run({ ...rewrite, text: canary });
			await test.run({ kind: "summary", roomId: garden, language: "en", messages: chatOf([canary]) });
		}
		expect(test.records).toHaveLength(10);
		const kept = JSON.stringify(test.records) + test.logLines.join("\n");
		expect(kept).not.toContain(canary);
		expect(new Set(test.records.map(({ promptHmac }) => Buffer.from(promptHmac).toString("hex"))).size).toBe(2);
	});
});

describe("who asks", () => {
	it("is refused where the room's people want no assistant, and nothing is read", async () => {
		await using test = await createTestAssistant({ policy: "off" });
		await expect(test.run(rewrite)).rejects.toMatchObject({ code: "assistant-off" });
		expect(test.ollamas[0]?.asked).toEqual([]);
	});

	it("waits with two runs at most, and is refused too many in a short time", async () => {
		const { script } = speaking();
		await using test = await createTestAssistant({ script });
		for (let count = 0; count < 3; count += 1) await test.assistant.start(ann, rewrite, garden);
		const more = () => test.assistant.start(ann, rewrite, garden);
		await expect(more()).rejects.toMatchObject({ code: "too-many-requests", retryAfterMs: 15_000 });
		for (let count = 0; count < 50; count += 1) await more().catch(() => undefined);
		await expect(more()).rejects.toMatchObject({ code: "too-many-requests" });
		expect((await test.assistant.start(ben, rewrite, garden)).position).toBe(3);
		expect(await test.assistant.status()).toMatchObject({ state: "busy", waiting: 3, host: "kith.example" });
	});
});

describe("several Ollamas", () => {
	it("share the runs, one at a time each", async () => {
		const { script } = speaking();
		await using test = await createTestAssistant({ script, hostCount: 2 });
		for (const person of [ann, ann, ben]) await test.assistant.start(person, rewrite, garden);
		await expect.poll(() => test.ollamas.map(({ chats }) => chats.length)).toEqual([1, 1]);
		expect(await test.assistant.status()).toMatchObject({ waiting: 1 });
	});

	it("that do not answer are left out until they do", async () => {
		const chat = async (_: unknown, answer: ScriptedAnswer) => answer.say("ok").then(() => answer.end());
		await using test = await createTestAssistant({ script: { chat }, hostCount: 2 });
		await test.ollamas[0]?.[Symbol.asyncDispose]();
		const outcomes: string[] = [];
		for (let count = 0; count < 5; count += 1) outcomes.push((await test.run(rewrite)).at(-1)?.kind ?? "");
		expect(outcomes.filter((kind) => kind === "failed").length).toBeLessThanOrEqual(1);
		expect((await test.assistant.hosts()).map(({ state }) => state)).toEqual(["unreachable", "ready"]);
		expect(await test.assistant.status()).toMatchObject({ state: "ready" });
	});

	it("fetch the models that are wanted, and no others", async () => {
		const pull = async (answer: ScriptedAnswer) => {
			await answer.raw('{"status":"x","digest":"sha256:a","total":9,"completed":9}\n');
			await answer.raw('{"status":"success"}\n');
		};
		await using test = await createTestAssistant({ script: { pull, models: [] } });
		const url = test.ollamas[0]?.url ?? "";
		expect(await test.assistant.status()).toMatchObject({ state: "no-model" });
		expect(() => test.assistant.pullModel(url, "other:1b")).toThrow(expect.objectContaining({ code: "bad-input" }));
		expect(() => test.assistant.pullModel("http://10.0.0.1:1", "chat:1b")).toThrow(
			expect.objectContaining({ code: "not-found" }),
		);
		test.assistant.pullModel(url, "chat:1b");
		const pulls = async () => (await test.assistant.hosts())[0]?.models.map(({ pull: is }) => is);
		await expect.poll(pulls).toEqual([{ state: "done", completed: 9, total: 9 }, undefined]);
	});
});
