import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { findByWords, inOrder } from "./find-messages.ts";
import type { PickedMessage } from "./pick-messages.ts";

const chat = (bodies: readonly string[]): PickedMessage[] =>
	bodies.map((body, index) => ({
		senderId: index % 2 === 0 ? "@ann:a" : "@ben:a",
		message: { eventId: `$e${index}`, sender: index % 2 === 0 ? "Ann" : "Ben", at: index, body, isOwn: false },
	}));

const bodiesOf = (messages: readonly PickedMessage[]) => messages.map(({ message }) => message.body);

describe("what may answer a question", () => {
	it("is what shares its words, the best first, and what stands around it: what answers comes behind what asks", () => {
		const talk = chat([
			...["Good morning", "When does the train leave?", "At nine", "Nice", "Bread is out", "No milk either"],
			...["The train was late", "Oh"],
		]);
		const { messages, isFound } = findByWords("when does the train leave", talk);
		const order = bodiesOf(messages);
		expect(order.slice(0, 3)).toEqual(["When does the train leave?", "At nine", "The train was late"]);
		expect(order.indexOf("At nine")).toBeLessThan(order.indexOf("Good morning"));
		expect(isFound).toBe(true);
		expect(bodiesOf(inOrder(messages))).toEqual(bodiesOf(talk).filter((body) => order.includes(body)));
	});

	it("counts names among the words, and takes the newest where nothing is shared", () => {
		const talk = chat(Array.from({ length: 60 }, (_, index) => `word${index}`));
		expect(findByWords("what did Ben say?", talk).messages).toHaveLength(48);
		const none = findByWords("zebra", talk);
		expect([none.isFound, none.messages.length, none.messages[0]?.message.body]).toEqual([false, 40, "word59"]);
		expect(findByWords("what was that?", talk).isFound).toBe(false);
		expect(findByWords("zebra", [])).toEqual({ messages: [], isFound: false });
	});

	it("is found by other forms of its words", () => {
		const talk = chat(["Nothing", "We planted tomatoes on Sunday", "More nothing", "Rain", "Wind", "Sun", "Snow"]);
		expect(bodiesOf(findByWords("Who was planting a tomato?", talk).messages)[0]).toBe("We planted tomatoes on Sunday");
	});

	it("is little, where a word is in every message, and nothing of what shares but such a word with a better one", () => {
		const same = chat(Array.from({ length: 500 }, () => "the train"));
		expect(findByWords("train", same).messages.length).toBeLessThanOrEqual(48);
		const talk = chat(
			Array.from({ length: 300 }, (_, index) => (index === 40 ? "the train to Ghent" : `the train number ${index}`)),
		);
		expect(bodiesOf(findByWords("Which train goes to Ghent?", talk).messages)[0]).toBe("the train to Ghent");
		expect(findByWords("Which train goes to Ghent?", talk).messages).toHaveLength(4);
	});
});

describe("questions to a chat of a hundred messages, of which the answers are known", () => {
	const { messages, questions } = z
		.object({
			messages: z.array(z.string()),
			questions: z.array(z.object({ question: z.string(), answer: z.string() })),
		})
		.parse(JSON.parse(readFileSync("tests/fixtures/assistant/island-chat.json", "utf8")));
	const talk: PickedMessage[] = messages.map((line, index) => {
		const [sender = "", body = ""] = line.split(/: (.*)/s);
		return { senderId: `@${sender}:a`, message: { eventId: `$e${index}`, sender, at: index, body, isOwn: false } };
	});
	const found = questions.map(({ question, answer }) => {
		const given = bodiesOf(findByWords(question, talk).messages);
		return { question, count: given.length, place: given.findIndex((body) => body.includes(answer)) };
	});

	it("are in the fixture as they should be", () => {
		expect(questions.length).toBeGreaterThanOrEqual(20);
		for (const { answer } of questions) expect(messages.filter((line) => line.includes(answer))).toHaveLength(1);
	});

	it("find them, near the front", () => {
		expect(found.filter(({ place }) => place < 0)).toEqual([]);
		expect(found.filter(({ place }) => place < 6).length / found.length).toBeGreaterThanOrEqual(0.9);
	});

	it("hand over a tenth of the chat, and never much of it", () => {
		const counts = found.map(({ count }) => count).sort((one, other) => one - other);
		expect(counts[Math.floor(counts.length / 2)]).toBeLessThanOrEqual(12);
		expect(Math.max(...counts)).toBeLessThanOrEqual(30);
	});
});
