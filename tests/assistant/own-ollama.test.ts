import { describe, expect, it } from "vitest";
import type { ChatRunInput, OwnAnswer, OwnCall } from "../../src/client/own-ollama/own-message.ts";
import { createOwnDesk } from "../../src/client/own-ollama/worker/own-desk.ts";
import { createOwnHost } from "../../src/client/own-ollama/worker/own-host.ts";
import type { AnswerBounds } from "../../src/shared/ollama/answer-bounds.ts";
import type { WireRunEvent } from "../../src/shared/wire/assistant.ts";
import { type OllamaScript, startScriptedOllama } from "../setup/scripted-ollama.ts";
import { chatOf, createTestAssistant, garden } from "../setup/test-assistant.ts";

const messages = chatOf(["Shall we meet?", "Yes, at nine", "Where?", "At https://meet.example/nine"]);
const room = { roomId: garden, language: "en" };
const inputs: Readonly<Record<ChatRunInput["kind"], ChatRunInput>> = {
	summary: { kind: "summary", ...room, messages },
	ask: { kind: "ask", ...room, question: "When?", messages: messages.toReversed() },
	replies: { kind: "replies", ...room, messages, windowOffset: 3 },
	draft: { kind: "draft", ...room, instruction: "Agree", messages, windowOffset: 0 },
	rewrite: { kind: "rewrite", ...room, style: "kinder", text: "No {query} $1" },
	translate: { kind: "translate", ...room, text: "Guten Morgen" },
};
const lines = JSON.stringify({
	known: true,
	lines: [
		{ label: "decision", cites: [2, 99], text: "They meet at nine [2] https://evil.example/x?d=1" },
		{ cites: [4], text: "See https://meet.example/nine" },
	],
});
const replies = JSON.stringify({ replies: ["Fine", "Not today", "Ask https://evil.example"] });
const answerTo = (kind: string): string =>
	kind === "summary" || kind === "ask" ? lines : kind === "replies" ? replies : "Some words ![x](https://evil.example)";

/** The worker of a person's own Ollama, in this process: everything but the browser around it. */
const openDesk = async (script: OllamaScript, bounds: Partial<AnswerBounds> = {}) => {
	const ollama = await startScriptedOllama(script);
	const desk = createOwnDesk(createOwnHost(ollama.url, bounds), "device");
	let last = 0;
	const ask = (call: OwnCall) => {
		last += 1;
		const id = last;
		const answers: OwnAnswer[] = [];
		const whenOver = new Promise<readonly OwnAnswer[]>((resolve) => {
			desk(id, call, (answer) => {
				answers.push(answer);
				const isLast = answer.kind !== "event" || ["done", "failed", "cancelled"].includes(answer.event.kind);
				if (isLast) resolve(answers);
			});
		});
		return { answers, whenOver, stop: () => desk(0, { kind: "cancel", call: id }, () => undefined) };
	};
	const run = (input: ChatRunInput, boundary = "boundary") =>
		ask({ kind: "run", input, means: { chatModel: "chat:1b", contextTokens: 4096, boundary } });
	const eventsOf = async (input: ChatRunInput, boundary?: string): Promise<WireRunEvent[]> =>
		(await run(input, boundary).whenOver).flatMap((answer) => (answer.kind === "event" ? [answer.event] : []));
	return {
		...{ ollama, ask, run, eventsOf },
		[Symbol.asyncDispose]: () => ollama[Symbol.asyncDispose](),
	};
};

describe("a person's own Ollama", () => {
	it.each(Object.values(inputs))(
		"is asked by the same words as the server's, and read in the same way: $kind",
		async (input) => {
			const script: OllamaScript = {
				chat: async (_, answer) => {
					for (const piece of answerTo(input.kind).match(/.{1,9}/g) ?? []) await answer.say(piece);
					await answer.end();
				},
			};
			await using server = await createTestAssistant({ script });
			await using own = await openDesk(script);
			const expected = await server.run(input);
			const [asked] = server.ollamas[0]?.chats ?? [];
			const boundary = /<<<(\S+)/.exec(asked?.messages.at(-1)?.content ?? "")?.[1];
			expect(boundary).toMatch(/^[\w-]{16}$/);
			expect(await own.eventsOf(input, boundary)).toEqual(expected);
			expect(own.ollama.chats).toEqual([asked]);
			expect(JSON.stringify(expected)).not.toContain("evil.example");
		},
	);

	it("is told apart by what its models can do, and asked for nothing that runs elsewhere", async () => {
		await using own = await openDesk({
			models: ["chat:1b", "all-minilm:latest", "big:cloud", "far:latest"],
			showOf: (model) => ({
				capabilities: model.startsWith("all") ? ["embedding"] : ["completion"],
				model_info: { "x.context_length": 8192 },
				...(model.startsWith("far") ? { remote_host: "https://ollama.example" } : {}),
			}),
		});
		const [answer] = await own.ask({ kind: "check", isSecurePage: true }).whenOver;
		expect(answer).toEqual({
			kind: "checked",
			check: {
				kind: "found",
				version: "0.0.0-scripted",
				models: [
					{ name: "chat:1b", canChat: true, canEmbed: false, contextTokens: 8192 },
					{ name: "all-minilm:latest", canChat: false, canEmbed: true, contextTokens: 8192 },
				],
			},
		});
	});

	it("is let go of where it has no model that writes", async () => {
		await using own = await openDesk({ show: { capabilities: ["embedding"] } });
		const [answer] = await own.ask({ kind: "check", isSecurePage: true }).whenOver;
		expect(answer).toEqual({ kind: "checked", check: { kind: "problem", problem: "no-models" } });
	});

	it("hears at once that a run was stopped, and the next one begins", async () => {
		const gone: Promise<void>[] = [];
		await using own = await openDesk({
			chat: async ({ messages: [, user] }, answer) => {
				await answer.say("One ");
				if (user?.content.includes("Guten") === true) return answer.end();
				gone.push(answer.gone);
			},
		});
		const first = own.run(inputs.draft);
		const second = own.run(inputs.translate);
		expect(second.answers).toEqual([{ kind: "event", event: { kind: "queued", position: 1 } }]);
		await expect.poll(() => gone.length).toBe(1);
		first.stop();
		await gone[0];
		expect((await first.whenOver).at(-1)).toEqual({ kind: "event", event: { kind: "cancelled" } });
		expect((await second.whenOver).at(-1)).toMatchObject({ event: { kind: "done" } });
	});
});

describe("an Ollama that lies", () => {
	const lastOf = async (script: OllamaScript, bounds: Partial<AnswerBounds> = {}, input = inputs.draft) => {
		await using own = await openDesk(script, bounds);
		return (await own.eventsOf(input)).at(-1);
	};
	const bad = { kind: "failed", reason: "bad-answer" };

	it("is ended where its answer has none", async () => {
		const endless: OllamaScript = {
			chat: async (_, answer) => {
				let isGone = false;
				void answer.gone.then(() => {
					isGone = true;
				});
				while (!isGone) await answer.say("word ".repeat(500));
			},
		};
		expect(await lastOf(endless)).toEqual(bad);
		expect(await lastOf(endless, {}, inputs.summary)).toEqual(bad);
	});

	it("is ended by ten megabytes, with and without a line break", async () => {
		const large = "x".repeat(10_000_000);
		expect(await lastOf({ chat: async (_, answer) => void (await answer.raw(large)) })).toEqual(bad);
		expect(await lastOf({ chat: async (_, answer) => void (await answer.say(large)) })).toEqual(bad);
	});

	it.each(["no JSON\n", "[1]\n", '"text"\n', '{"message":{"content":7}}\n', '{"done":true,"eval_count":-1}\n'])(
		"gets nothing shown by %j",
		async (line) => {
			expect(await lastOf({ chat: async (_, answer) => void (await answer.raw(line)) })).toEqual(bad);
		},
	);

	it("is not waited for where it says nothing, breaks off, or fails in the middle", async () => {
		const silent = await lastOf({ chat: () => undefined }, { connectMs: 20, firstMs: 20 });
		expect(silent).toEqual({ kind: "failed", reason: "timed-out" });
		const cut = await lastOf({
			chat: async (_, answer) => {
				await answer.say("One ");
				answer.cut();
			},
		});
		// A connection that breaks at once has perhaps brought nothing.
		expect(cut).toMatchObject({ kind: "failed", reason: expect.stringMatching(/^(broken-off|unreachable)$/) });
		const lost = await lastOf({ chat: async (_, answer) => void answer.refuse(404, "model 'chat' not found") });
		expect(lost).toEqual({ kind: "failed", reason: "no-model" });
	});

	it("is not followed to elsewhere", async () => {
		await using elsewhere = await startScriptedOllama();
		await using own = await openDesk({
			chat: async (_, answer) => answer.redirect(`${elsewhere.url}/api/chat`),
		});
		expect((await own.eventsOf(inputs.draft)).at(-1)).toEqual({ kind: "failed", reason: "unreachable" });
		expect(elsewhere.asked).toEqual([]);
	});

	it("gives no vectors that are none", async () => {
		await using own = await openDesk({ embed: () => [[1, 0]] });
		const call = { kind: "embed", model: "embed", use: "document", texts: ["one", "two"] } as const;
		expect(await own.ask(call).whenOver).toEqual([{ kind: "failed", reason: "bad-answer" }]);
	});
});
