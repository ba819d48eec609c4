import { expect } from "vitest";
import { eventually } from "../eventually.ts";
import { bothWays, meet, type Scenario, sees } from "../scenario.ts";

export const messageScenarios: readonly Scenario[] = [
	{
		name: "messages go both ways",
		run: async (pair) => {
			const { ada, ben, roomId } = await meet(pair);
			const hello = await ada.send(roomId, "Hello Ben \u{1F33B}");
			await sees(ben, roomId, { eventId: hello, body: "Hello Ben \u{1F33B}" });
			const answer = await ben.send(roomId, "Hello Ada");
			await sees(ada, roomId, { eventId: answer, body: "Hello Ada" });
		},
	},
	{
		name: "a message is changed",
		run: async (pair) => {
			const { ada, ben, roomId } = await meet(pair);
			for (const [writer, reader] of bothWays(ada, ben)) {
				const eventId = await writer.send(roomId, "At eigth");
				await sees(reader, roomId, { eventId, body: "At eigth" });
				await writer.edit(roomId, eventId, "At eight");
				await sees(reader, roomId, { eventId, body: "At eight" });
			}
		},
	},
	{
		name: "a message is answered",
		run: async (pair) => {
			const { ada, ben, roomId } = await meet(pair);
			const question = await ada.send(roomId, "Soup or salad?");
			await sees(ben, roomId, { eventId: question, body: "Soup or salad?" });
			const answer = await ben.send(roomId, "Soup", question);
			expect(await sees(ada, roomId, { eventId: answer, body: "Soup" })).toMatchObject({ replyTo: question });
			const thanks = await ada.send(roomId, "Good", answer);
			expect(await sees(ben, roomId, { eventId: thanks, body: "Good" })).toMatchObject({ replyTo: answer });
		},
	},
	{
		name: "people react",
		run: async (pair) => {
			const { ada, ben, roomId } = await meet(pair);
			const eventId = await ada.send(roomId, "It is done");
			await sees(ben, roomId, { eventId, body: "It is done" });
			await ben.react(roomId, eventId, "\u{1F389}");
			await eventually(async () =>
				expect(await sees(ada, roomId, { eventId, body: "It is done" })).toMatchObject({
					reactions: { "\u{1F389}": 1 },
				}),
			);
			await ada.react(roomId, eventId, "\u{1F389}");
			await eventually(async () =>
				expect(await sees(ben, roomId, { eventId, body: "It is done" })).toMatchObject({
					reactions: { "\u{1F389}": 2 },
				}),
			);
		},
	},
	{
		name: "a message is deleted",
		run: async (pair) => {
			const { ada, ben, roomId } = await meet(pair);
			for (const [writer, reader] of bothWays(ada, ben)) {
				const eventId = await writer.send(roomId, "Wrong chat");
				await sees(reader, roomId, { eventId, body: "Wrong chat" });
				await writer.redact(roomId, eventId);
				await sees(reader, roomId, { eventId, body: undefined });
			}
		},
	},
	{
		name: "who writes is shown",
		run: async (pair) => {
			const { ada, ben, roomId } = await meet(pair);
			for (const [writer, reader] of bothWays(ada, ben)) {
				await reader.typing(roomId);
				await writer.setTyping(roomId, true);
				await eventually(async () => expect(await reader.typing(roomId)).toEqual([writer.userId]));
				await writer.setTyping(roomId, false);
				await eventually(async () => expect(await reader.typing(roomId)).toEqual([]));
			}
		},
	},
	{
		name: "who has read is shown",
		run: async (pair) => {
			const { ada, ben, roomId } = await meet(pair);
			for (const [writer, reader] of bothWays(ada, ben)) {
				const eventId = await writer.send(roomId, "Read me");
				await sees(reader, roomId, { eventId, body: "Read me" });
				await reader.markRead(roomId, eventId);
				await eventually(async () => expect(await writer.readUpTo(roomId, reader.userId)).toBe(eventId));
			}
		},
	},
];
