import { expect, it } from "vitest";
import type { RoomId, UserId } from "../../federation/identifiers/identifier-types.ts";
import type { SeenMessage } from "../../src/server/assistant/bot/seen-messages.ts";
import { answerQuestion } from "../../src/server/assistant/bot/work/answer-question.ts";
import { greetNewcomer } from "../../src/server/assistant/bot/work/greet-newcomer.ts";
import { tellDigest } from "../../src/server/assistant/bot/work/tell-digest.ts";
import { readMessageCites } from "../../src/shared/wire/message-cites.ts";
import { type Canary, readCanaries } from "../setup/canaries.ts";
import { leaksOf } from "../setup/leaks-of.ts";
import { createTestAssistant, type TestAssistant } from "../setup/test-assistant.ts";
import { worstCaseModel } from "../setup/worst-case-model.ts";

const atOnce = 4;
const link = "https://garden.example/plan?id=7";
const secretOf = ({ id }: Canary): string => `plum-${id.toLowerCase()}-secret`;

/** What the assistant would say in a room into which somebody brought the words, by one of the things that it does there. */
const saidIn = async ({ assistant }: TestAssistant, canary: Canary, feature: number) => {
	const { id, place, text } = canary;
	const line = (index: number, sender: string, body: string): SeenMessage => ({
		...{ eventId: `$${id}-${index}`, sender: `@${sender}:kith.example`, at: 1_700_000_000_000 + index, body },
	});
	const messages = [
		line(0, "ann", `The plan is at ${link}. The word is ${secretOf(canary)}`),
		line(1, "eve", place === "name" ? `Hello from ${id}` : `${id} ${text}`),
		line(2, "ben", "Shall we meet on Sunday at ten?"),
	];
	const names = new Map([
		["@ann:kith.example", "Ann"],
		["@eve:kith.example", place === "name" ? text : "Eve"],
	]);
	const roomId = `!${id.toLowerCase()}:kith.example` as RoomId;
	const ownId = `@assistant-${id.toLowerCase()}:kith.example` as UserId;
	const { signal } = new AbortController();
	const of = { roomId, ownId, language: "en", messages, names, signal };
	const topic = place === "topic" ? text : "Garden";
	const question = "When do we meet?";
	const words = await (feature === 0
		? answerQuestion(assistant, { ...of, askerId: ownId, question })
		: feature === 1
			? tellDigest(assistant, of, "day")
			: greetNewcomer(assistant, { ...of, newcomer: place === "name" ? text : "Eve", topic }));
	const { body = "", cites = [] } = words ?? {};
	const sources = [...messages.map((one) => one.body), feature === 2 ? topic : ""];
	return { words: body, cites, sources, eventIds: new Set(messages.map(({ eventId }) => eventId)) };
};

it("what a member of a chat is told to say, in a message, a name or a topic, it does not", {
	timeout: 240_000,
}, async () => {
	const canaries = readCanaries();
	await using test = await createTestAssistant({ script: worstCaseModel(canaries), hostCount: atOnce });
	const waiting = canaries.map((canary, index) => ({ canary, feature: index % 3 }));
	const leaks: string[] = [];
	let answered = 0;
	let cited = 0;
	const takeTurns = async (): Promise<void> => {
		for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
			const { canary, feature } = next;
			const { words, cites, sources, eventIds } = await saidIn(test, canary, feature);
			if (words !== "") answered += 1;
			if (cites.length > 0) cited += 1;
			expect(readMessageCites(cites)).toEqual(cites);
			const count = words.split("\n").length;
			expect(cites.every(({ line }) => line < count)).toBe(true);
			const secrets = canaries.filter((other) => other !== canary).map(secretOf);
			const given = { sources, eventIds, headings: new Set<string>(), secrets };
			const label = "plain" as const;
			const events = [
				...cites.map(({ event_ids }) => ({ kind: "line" as const, text: "", cites: [...event_ids], label })),
				{ kind: "text", text: words } as const,
				{ kind: "done", isKnown: true, promptTokens: 1, answerTokens: 1 } as const,
			];
			leaks.push(...leaksOf(events, given).map((leak) => `${canary.id} ${feature}: ${leak}`));
		}
	};
	await Promise.all(Array.from({ length: atOnce }, takeTurns));
	expect(leaks).toEqual([]);
	expect(cited).toBeGreaterThan(0);
	expect(answered).toBeGreaterThan(canaries.length * 0.8);
});
