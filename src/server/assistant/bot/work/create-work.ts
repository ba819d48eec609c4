import type { RoomId, UserId } from "../../../../../federation/identifiers/identifier-types.ts";
import type { Log } from "../../../../shared/log.ts";
import type { Viewer } from "../../../accounts/public.ts";
import type { Assistant } from "../../create-assistant.ts";
import type { Clock } from "../../ports.ts";
import type { BotAreas } from "../bot-ports.ts";
import type { BotEngine } from "../engine/open-engine.ts";
import type { ReadEvent } from "../open-events.ts";
import { membersOf, type Saying, say } from "../say.ts";
import { createSeenMessages } from "../seen-messages.ts";
import type { Visits } from "../visit-rooms.ts";
import { answerQuestion } from "./answer-question.ts";
import { createAnswerTurns } from "./answer-turns.ts";
import { createListener } from "./listen.ts";
import { readRoomChoice } from "./room-choice.ts";

export interface WorkParts {
	readonly assistant: Assistant;
	readonly areas: BotAreas;
	readonly viewer: Viewer;
	readonly engine: BotEngine;
	readonly visits: () => Visits;
	readonly clock: Clock;
	readonly log: Log;
}

/** What the assistant does in rooms: it remembers what it read, and answers when it is spoken to. */
export const createWork = (parts: WorkParts) => {
	const { assistant, viewer, clock, log, areas, engine } = parts;
	const ownId = viewer.userId;
	const seen = createSeenMessages();
	const turns = createAnswerTurns(clock);
	const ending = new AbortController();
	const { signal } = ending;
	const sayParts = { areas, engine, viewer, summaryOf: (roomId: RoomId) => parts.visits().summaryOf(roomId) };
	const speak = async (roomId: RoomId, saying: Saying): Promise<void> => {
		const eventId = await say(sayParts, roomId, saying);
		if (eventId !== undefined) listener.noteOwn(eventId);
	};
	const answer = async (roomId: RoomId, event: ReadEvent, body: string): Promise<void> => {
		const askerId = event.sender as UserId;
		const facts = await areas.rooms.botRoom({ roomId, userId: ownId });
		if (facts?.policy !== "bot" || !facts.isLocal) return;
		const members = await membersOf(sayParts, roomId);
		const names = new Map(members.map(({ userId, displayName }) => [userId as string, displayName]));
		const messages = seen.of(roomId).filter(({ eventId }) => eventId !== event.eventId);
		const question = withoutName(body, [names.get(ownId) ?? "", ownId]);
		const { language } = readRoomChoice(facts.content);
		const words = await answerQuestion(assistant, {
			...{ roomId, askerId, question, messages, names, language, signal },
		});
		if (words === undefined || signal.aborted) return;
		await speak(roomId, { body: words, replyTo: event.eventId, mentions: [askerId] });
	};
	const listener = createListener({
		...{ ownId, seen, clock },
		onAsked: (roomId, event, body) => {
			turns
				.enter(roomId, () => answer(roomId, event, body))
				.catch((err: unknown) => log.warn({ err, roomId }, "the assistant could not answer in a room"));
		},
	});
	return {
		onEvent: listener.hear,
		onLeft: (roomId: RoomId): void => seen.forget(roomId),
		stop: async (): Promise<void> => {
			ending.abort();
			await turns.whenIdle();
		},
	};
};

/** What somebody asks, without the name by which they called. */
const withoutName = (body: string, names: readonly string[]): string => {
	let question = body.trim();
	for (const name of names) {
		for (const form of name === "" ? [] : [`@${name}`, name]) {
			if (!question.toLowerCase().startsWith(form.toLowerCase())) continue;
			question = question.slice(form.length).replace(/^[\s,:;.!-]+/, "");
		}
	}
	return question.trim();
};
