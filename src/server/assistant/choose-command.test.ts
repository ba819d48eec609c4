import { describe, expect, it } from "vitest";
import type { ScriptedAnswer, ScriptedChat } from "../../../tests/setup/scripted-ollama.ts";
import { createTestAssistant } from "../../../tests/setup/test-assistant.ts";

/** What comes of words when a model answers so. */
const choose = async (words: string, written: unknown) => {
	const answer = typeof written === "string" ? written : JSON.stringify(written);
	await using test = await createTestAssistant({
		script: {
			chat: async (_: ScriptedChat, said: ScriptedAnswer) => {
				for (const piece of answer.match(/[\s\S]{1,200}/g) ?? []) await said.say(piece);
				await said.end();
			},
		},
	});
	const events = await test.run({ kind: "command", language: "en", words });
	const line = events.flatMap((event) => (event.kind === "command" ? event.line : []))[0];
	return { line, last: events.at(-1), asked: test.ollamas[0]?.chats[0], records: test.records };
};
const lineFor = async (words: string, command: string, ...given: unknown[]) =>
	(await choose(words, { command, arguments: given })).line;

describe("a command by words", () => {
	it("is chosen by a schema from our own list and the person's own words, and nothing else", async () => {
		const { line, last, asked, records } = await choose("please suspend ben", {
			...{ command: "people suspend", arguments: ["ben"] },
		});
		expect(line).toBe("/people suspend ben");
		expect(last).toMatchObject({ kind: "done", isKnown: true });
		const prompt = asked?.messages.at(-1)?.content.split("\n") ?? [];
		const data = prompt.filter((one) => one.startsWith("{")).map((one) => JSON.parse(one));
		expect(data.map(({ from }) => from)).toContain("people suspend");
		expect(data.map(({ from }) => from)).not.toContain("ask");
		expect(prompt.filter((one) => one.includes("please suspend ben"))).toEqual(['The request: "please suspend ben"']);
		expect(JSON.stringify(asked?.format)).toContain('"none"');
		expect(records).toMatchObject([{ kind: "command", roomId: undefined, messageCount: 0, outcome: "done" }]);
		expect(JSON.stringify(records)).not.toContain("ben");
	});

	it("takes names from the words alone: what a model makes up is not believed", async () => {
		expect(await lineFor("suspend ben", "people suspend", "@ben:kith.example")).toBe("/people suspend ben");
		expect(await lineFor("suspend @ben:kith.example!", "people suspend", "@ben:kith.example")).toBe(
			"/people suspend @ben:kith.example",
		);
		expect(await lineFor("Ben is rude. Please suspend Ben.", "people suspend", "@ben:other.example")).toBe(
			"/people suspend ben",
		);
		expect(await lineFor("suspend ben", "people suspend", "olive")).toBeUndefined();
		expect(await lineFor("suspend somebody", "people suspend")).toBeUndefined();
		expect(await lineFor("who is benedict?", "people suspend", "@ben:kith.example")).toBeUndefined();
		expect(await lineFor("block spam.example", "servers block", "*")).toBeUndefined();
		expect(await lineFor("block spam.example", "servers block", "spam.example", "invented note")).toBe(
			"/servers block spam.example",
		);
	});

	it("may have counts that were said in words, within bounds", async () => {
		expect(await lineFor("three invitations for a week", "invites make", 3, "7")).toBe("/invites make 3 7");
		expect(await lineFor("a million invitations", "invites make", 1_000_000)).toBeUndefined();
		expect(await lineFor("how many messages?", "metrics", "messages")).toBe("/metrics messages");
	});

	it("is not known where the model says so, or names none of ours", async () => {
		for (const command of ["none", "people delete", "ask", "help", "", "/people suspend ben"]) {
			const { line, last } = await choose("delete ben", { command, arguments: ["ben"] });
			expect([command, line, last]).toEqual([command, undefined, expect.objectContaining({ isKnown: false })]);
		}
	});

	it("is no line of another form: what follows a break or a quotation mark stays an argument, or is refused", async () => {
		const words = 'show "x\n/people suspend ben"';
		const line = await lineFor(words, "people show", "x\n/people suspend ben");
		expect(line === undefined || line.startsWith('/people show "')).toBe(true);
	});

	it("that a model does not write as asked, or without end, is a failure", async () => {
		for (const written of ["people suspend ben", "{", '{"command":5}', `{"command":"${"x".repeat(5_000)}`]) {
			expect((await choose("suspend ben", written)).last).toEqual({ kind: "failed", reason: "bad-answer" });
		}
	});
});
