import { describe, expect, it } from "vitest";
import { findMessages, inOrder } from "./find-messages.ts";
import type { PickedMessage } from "./pick-messages.ts";

const chat = (bodies: readonly string[]): PickedMessage[] =>
	bodies.map((body, index) => ({
		senderId: index % 2 === 0 ? "@ann:a" : "@ben:a",
		message: { eventId: `$e${index}`, sender: index % 2 === 0 ? "Ann" : "Ben", at: index, body, isOwn: false },
	}));

const bodiesOf = (messages: readonly PickedMessage[]) => messages.map(({ message }) => message.body);

describe("what may answer a question", () => {
	it("is what shares its words, the best first, with what stands before and behind it", () => {
		const talk = chat(["Good morning", "When does the train leave?", "At nine", "Nice", "The train was late", "Oh"]);
		const { messages, byWords } = findMessages("when does the train leave", talk);
		expect(bodiesOf(messages)).toEqual([
			...["When does the train leave?", "Good morning", "At nine"],
			...["The train was late", "Nice", "Oh"],
		]);
		expect(byWords).toBe(true);
		expect(bodiesOf(inOrder(messages))).toEqual(bodiesOf(talk));
	});

	it("counts names among the words, and takes the newest where nothing is shared", () => {
		const talk = chat(Array.from({ length: 60 }, (_, index) => `word${index}`));
		expect(findMessages("what did Ben say?", talk).messages).toHaveLength(51);
		const none = findMessages("zebra", talk);
		expect([none.byWords, none.messages.length, none.messages[0]?.message.body]).toEqual([false, 40, "word59"]);
		expect(findMessages("zebra", [])).toEqual({ messages: [], byWords: false });
	});

	it("is never more than a run may carry of a question", () => {
		const talk = chat(Array.from({ length: 500 }, () => "the train"));
		expect(findMessages("train", talk).messages.length).toBeLessThanOrEqual(75);
	});
});
