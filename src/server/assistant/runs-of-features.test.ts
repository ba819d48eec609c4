import { describe, expect, it } from "vitest";
import type { ScriptedChat } from "../../../tests/setup/scripted-ollama.ts";
import { chatOf, createTestAssistant, garden } from "../../../tests/setup/test-assistant.ts";

const inGarden = { roomId: garden, language: "en" };
const chat = chatOf(["Cake?", "Yes, Sunday at 3, see https://cake.example/plan", "I bring candles", "Fine"]);
const cited = (...lines: object[]): string => JSON.stringify({ known: true, lines });
const userOf = ({ messages }: ScriptedChat): string => messages[1]?.content ?? "";
const answering = (...texts: string[]) => ({
	chat: async (_: ScriptedChat, answer: { say(text: string): Promise<void>; end(): Promise<void> }) => {
		for (const text of texts) await answer.say(text);
		await answer.end();
	},
});

describe("a summary", () => {
	it("comes line by line with the messages that it rests on, and rests on no others", async () => {
		const written = cited(
			{ label: "decision", cites: [2], text: "Cake on Sunday at 3" },
			{ label: "action", cites: [3, 99], text: "Ann brings candles [3]" },
			{ label: "plain", cites: [77], text: "Something else" },
		);
		await using test = await createTestAssistant({ script: answering(...(written.match(/.{1,7}/g) ?? [])) });
		expect(await test.run({ kind: "summary", ...inGarden, messages: chat })).toEqual([
			{ kind: "started", model: "chat:1b", leftOut: 0 },
			{ kind: "line", text: "Cake on Sunday at 3", cites: ["$event1"], label: "decision" },
			{ kind: "line", text: "Ann brings candles", cites: ["$event2"], label: "action" },
			{ kind: "line", text: "Something else", cites: [], label: "plain" },
			{ kind: "done", isKnown: true, promptTokens: 100, answerTokens: 10 },
		]);
		const prompt = test.ollamas[0]?.chats[0];
		const lines = userOf(prompt as ScriptedChat).split("\n");
		expect(lines[0]).toMatch(/^<<<[\w-]{16}$/);
		expect(lines[1]).toBe('{"n":1,"at":"2023-11-14T22:13","from":"me","text":"Cake?"}');
		expect(lines[2]).toContain('"from":"Ben"');
		expect(lines[5]).toBe(`${lines[0]?.slice(3)}>>>`);
		expect(lines[6]).toContain("What happened?");
		expect(JSON.stringify(prompt?.format)).toContain('"enum":[1,2,3,4]');
		expect(test.records[0]).toMatchObject({
			...{ kind: "summary", outcome: "done", messageCount: 4, promptTokens: 100, answerTokens: 10 },
			...{ firstEventId: "$event0", lastEventId: "$event3" },
		});
		expect(JSON.stringify(test.records)).not.toContain("Cake");
	});

	it("of a long range is read part by part and put together, citing the messages still", async () => {
		const long = chatOf(Array.from({ length: 40 }, (_, index) => `Message ${index} ${"word ".repeat(60)}`));
		await using test = await createTestAssistant({
			contextTokens: 2048,
			script: {
				chat: async (asked, answer) => {
					const isMerge = userOf(asked).includes('"from":"plain"');
					const [, number = ""] = /"text":"Message (\d+)/.exec(userOf(asked)) ?? [];
					const line = { cites: isMerge ? [2] : [1], text: isMerge ? "All" : `Part from ${number}`, label: "plain" };
					await answer.say(cited(line));
					await answer.end({ prompt: 50, answer: 5 });
				},
			},
		});
		const events = await test.run({ kind: "summary", ...inGarden, messages: long });
		const progress = events.filter(({ kind }) => kind === "progress");
		expect(progress.length).toBeGreaterThan(2);
		expect(progress.at(-1)).toEqual({ kind: "progress", done: progress.length, total: progress.length });
		const second = /"text":"Message (\d+)/.exec(userOf(test.ollamas[0]?.chats[1] as ScriptedChat))?.[1];
		expect(events.filter(({ kind }) => kind === "line")).toEqual([
			{ kind: "line", text: "All", cites: [`$event${second}`], label: "plain" },
		]);
		const calls = progress.length + 1;
		expect(events.at(-1)).toMatchObject({ kind: "done", promptTokens: 50 * calls, answerTokens: 5 * calls });
	});

	it("of more than eight parts, or of a message that fits nowhere, is refused and not cut", async () => {
		await using test = await createTestAssistant({ contextTokens: 2048 });
		for (const bodies of [Array(200).fill("word ".repeat(80)), ["word ".repeat(3000)]]) {
			const events = await test.run({ kind: "summary", ...inGarden, messages: chatOf(bodies) });
			expect(events).toEqual([{ kind: "failed", reason: "too-long" }]);
		}
		expect(test.ollamas[0]?.chats).toEqual([]);
		expect(test.records.map(({ outcome }) => outcome)).toEqual(["too-long", "too-long"]);
	});
});

describe("an answer", () => {
	const ask = { kind: "ask", ...inGarden, question: "When is cake?" } as const;

	it("is told from the best messages that fit, in the order in which they were written", async () => {
		const best = [chat[2], chat[0], ...chatOf(Array(40).fill("word ".repeat(50)))].flatMap((message) => message ?? []);
		await using test = await createTestAssistant({
			contextTokens: 2048,
			script: answering(cited({ cites: [1], text: "Sunday" })),
		});
		const events = await test.run({ ...ask, messages: best });
		expect(events[0]).toMatchObject({ kind: "started", leftOut: expect.any(Number) });
		expect((events[0] as { leftOut: number }).leftOut).toBeGreaterThan(10);
		expect(events[1]).toEqual({ kind: "line", text: "Sunday", cites: ["$event0"], label: "plain" });
		expect(
			userOf(test.ollamas[0]?.chats[0] as ScriptedChat)
				.split("\n")
				.at(-2),
		).toContain("When is cake?");
	});

	it("says when it does not know, and shows none of what the model guessed", async () => {
		const unknown = JSON.stringify({ known: false, lines: [{ cites: [1], text: "Monday, I guess" }] });
		await using test = await createTestAssistant({ script: answering(unknown) });
		const events = await test.run({ ...ask, messages: chat });
		expect(events.slice(1)).toMatchObject([{ kind: "done", isKnown: false }]);
	});

	it.each([
		["words instead of JSON", "I think that Sunday is fine."],
		["a list without lines", '{"known":true,"lines":[]}'],
		["a line of nothing", '{"known":true,"lines":[{"cites":[1],"text":"\u200b"}]}'],
		["brackets without end", "[".repeat(5_000)],
		["a line without end", `{"known":true,"lines":[{"text":"${"x".repeat(9_000)}`],
	])("that is none is said to be none: %s", async (_, text) => {
		await using test = await createTestAssistant({ script: answering(text) });
		const events = await test.run({ ...ask, messages: chat });
		expect(events.at(-1)).toEqual({ kind: "failed", reason: "bad-answer" });
	});
});

describe("what is written for a person", () => {
	it("three replies are plain text, different, and short; the prompt ends with the question", async () => {
		const replies = ["Yes,\u202e lovely https://evil.example/?q=cake", "Yes, lovely …", "No", "x".repeat(500)];
		await using test = await createTestAssistant({ script: answering(JSON.stringify({ replies })) });
		const messages = chat.slice(0, 2);
		const events = await test.run({ kind: "replies", ...inGarden, messages, windowOffset: 0 });
		expect(events[1]).toEqual({ kind: "replies", replies: ["Yes, lovely …", "No"] });
	});

	it("no replies are made to one's own message", async () => {
		await using test = await createTestAssistant();
		const start = test.run({ kind: "replies", ...inGarden, messages: chat.slice(0, 3), windowOffset: 0 });
		await expect(start).rejects.toMatchObject({ code: "bad-input" });
	});

	it("the beginning of the prompt stays the same while messages are added", async () => {
		await using test = await createTestAssistant({ script: answering('{"replies":["a","b","c"]}') });
		const long = chatOf(Array.from({ length: 42 }, (_, index) => `Message ${index}`));
		await test.run({ kind: "replies", ...inGarden, messages: long.slice(0, 40), windowOffset: 0 });
		await test.run({ kind: "replies", ...inGarden, messages: long, windowOffset: 0 });
		const [one = "", other = ""] = (test.ollamas[0]?.chats ?? []).map(userOf);
		const [until = ""] = one.split('\n{"n":40');
		expect(until.split("\n")).toHaveLength(40);
		expect(other.startsWith(until)).toBe(true);
	});

	it("a draft comes as it is written, with addresses of the chat and no others", async () => {
		const pieces = [" \n", "See you, plan: https://cake.ex", "ample/plan and http://evil.example/x", "\n"];
		await using test = await createTestAssistant({ script: answering(...pieces) });
		const events = await test.run({
			kind: "draft",
			...inGarden,
			instruction: "agree",
			messages: chat,
			windowOffset: 0,
		});
		const text = events.flatMap((event) => (event.kind === "text" ? event.text : [])).join("");
		expect(text).toBe("See you, plan: https://cake.example/plan and …");
		expect(events.at(-1)).toMatchObject({ kind: "done", isKnown: true });
	});

	it("braces, dollar signs and places to fill in a text reach the model as they are", async () => {
		const text = "{context} {query} $& $1 {{x}} `y` \\n %s {0} {:d}";
		await using test = await createTestAssistant({ script: answering("ok") });
		await test.run({ kind: "rewrite", ...inGarden, style: "fix", text });
		await test.run({ kind: "translate", roomId: garden, language: "de", text });
		for (const asked of test.ollamas[0]?.chats ?? []) expect(userOf(asked)).toContain(JSON.stringify(text));
		expect(userOf(test.ollamas[0]?.chats[1] as ScriptedChat)).toContain("into German");
	});

	it("an empty text, or one that is too long to be written anew, is said to be so", async () => {
		await using test = await createTestAssistant({ script: answering("  \u200b ") });
		const rewrite = { kind: "rewrite", ...inGarden, style: "fix" } as const;
		expect((await test.run({ ...rewrite, text: "helo" })).at(-1)).toEqual({ kind: "failed", reason: "bad-answer" });
		expect(await test.run({ ...rewrite, text: "word ".repeat(3000) })).toEqual([
			{ kind: "failed", reason: "too-long" },
		]);
	});
});

describe("help with Kith", () => {
	const passages = [
		{ document: "README.md", heading: "Back up", text: "npm run kith -- backup writes everything into one file." },
		{ document: "SECURITY.md", heading: "Keys", text: "A recovery key opens what is encrypted." },
		{ document: "README.md", heading: "Run it", text: "npm start builds and prints the address." },
	];
	const support = { kind: "support", language: "en", question: "How do I back up everything?" } as const;
	const script = { ...answering(cited({ cites: [1], text: "Run the backup command" })) };

	it("is grounded in the documents that were found by words and by meaning, and names them", async () => {
		const embed = (texts: readonly string[]) => texts.map((text) => (/back up|backup/i.test(text) ? [1, 0.1] : [0, 1]));
		await using test = await createTestAssistant({ passages, script: { ...script, embed } });
		const events = await test.run(support);
		expect(events[1]).toEqual({
			...{ kind: "line", text: "Run the backup command", cites: [], label: "plain" },
			sources: [{ document: "README.md", heading: "Back up" }],
		});
		await test.run(support);
		// The documents are read into the index once.
		expect(test.ollamas[0]?.embedded.map(({ length }) => length)).toEqual([3, 1, 1]);
	});

	it("works by words alone where there is no model for vectors", async () => {
		await using test = await createTestAssistant({ passages, script: { ...script, embed: () => [] } });
		expect((await test.run(support))[1]).toMatchObject({ sources: [{ heading: "Back up" }] });
	});

	it("says that it does not know where nothing was found", async () => {
		await using test = await createTestAssistant({ passages: [], script });
		expect((await test.run(support)).at(-1)).toMatchObject({ kind: "done", isKnown: false });
		expect(test.ollamas[0]?.chats).toEqual([]);
	});
});
