import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ChatMessages, findAcross } from "./find-across.ts";
import { rankHere } from "./rank-across.ts";

const chat = (roomId: string, bodies: readonly string[]): ChatMessages => ({
	roomId,
	messages: bodies.map((body, at) => ({
		senderId: "@ben:a",
		message: { eventId: `$${roomId.slice(1)}${at}`, sender: "Ben", at, body, isOwn: false },
	})),
});

describe("a question to all chats", () => {
	const garden = chat("!garden", ["Hello", "The seeds are in the shed", "Fine", "Good", "Bye"]);
	const band = chat("!band", ["We play on Friday", "Bring the drums", "I have the key of the shed", "Ok"]);
	const work = chat("!work", ["The meeting is at ten", "Slides are ready"]);

	it("goes to those that share its words, the best first, with what stands beside them", async () => {
		const found = await findAcross("Who has the key of the shed?", [garden, band, work], rankHere);
		expect(found.map(({ roomId }) => roomId)).toEqual(["!band", "!garden"]);
		expect(found[0]?.messages.map(({ message }) => message.body)).toEqual([
			...["I have the key of the shed", "Bring the drums", "Ok"],
		]);
		expect(await findAcross("zebra", [garden, band, work], rankHere)).toEqual([]);
		expect(await findAcross("what was that?", [garden, band, work], rankHere)).toEqual([]);
		expect(await findAcross("shed", [], rankHere)).toEqual([]);
	});

	it("goes to six at most, with eight messages and their neighbours each, and never mixes chats", async () => {
		const words = fc.constantFrom("ferry", "cake", "the train", "key of the ferry", "nothing");
		const chats = fc.array(fc.array(words, { maxLength: 60 }), { maxLength: 12 });
		await fc.assert(
			fc.asyncProperty(chats, async (bodies) => {
				const all = bodies.map((one, index) => chat(`!room${index}_`, one));
				const found = await findAcross("Where is the key of the ferry?", all, rankHere);
				expect(found.length).toBeLessThanOrEqual(6);
				for (const { roomId, messages } of found) {
					expect(messages.length).toBeLessThanOrEqual(32);
					expect(new Set(messages).size).toBe(messages.length);
					expect(messages.every(({ message }) => message.eventId.startsWith(`$${roomId.slice(1)}`))).toBe(true);
				}
			}),
			{ numRuns: 60 },
		);
	});
});
