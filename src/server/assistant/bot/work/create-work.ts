import type { RoomId, UserId } from "../../../../../federation/identifiers/identifier-types.ts";
import type { Log } from "../../../../shared/log.ts";
import type { Viewer } from "../../../accounts/public.ts";
import type { Assistant } from "../../create-assistant.ts";
import type { Clock } from "../../ports.ts";
import type { BotAreas, BotStore } from "../bot-ports.ts";
import type { BotEngine } from "../engine/open-engine.ts";
import type { ReadEvent } from "../open-events.ts";
import { membersOf, say } from "../say.ts";
import { createSeenMessages } from "../seen-messages.ts";
import type { Visits } from "../visit-rooms.ts";
import { answerQuestion } from "./answer-question.ts";
import { createAnswerTurns } from "./answer-turns.ts";
import { createDigests } from "./digests.ts";
import { createGreeter } from "./greeter.ts";
import { createListener } from "./listen.ts";
import { readRoomChoice } from "./room-choice.ts";
import type { Workplace } from "./workplace.ts";

export interface WorkParts {
	readonly assistant: Assistant;
	readonly areas: BotAreas;
	readonly store: Pick<BotStore, "rooms" | "noteDigest">;
	readonly viewer: Viewer;
	readonly engine: BotEngine;
	readonly visits: () => Visits;
	readonly clock: Clock;
	readonly log: Log;
}

/** What the assistant does in rooms: it remembers what it read, answers when it is spoken to, tells what happened, greets. */
export const createWork = (parts: WorkParts) => {
	const { assistant, viewer, clock, log, areas, engine, store, visits } = parts;
	const ownId = viewer.userId;
	const seen = createSeenMessages();
	const turns = createAnswerTurns(clock);
	const ending = new AbortController();
	const sayParts = { areas, engine, viewer, summaryOf: (roomId: RoomId) => visits().summaryOf(roomId) };
	const place: Workplace = {
		...{ ownId, seen, signal: ending.signal },
		sceneOf: async (roomId) => {
			const facts = await areas.rooms.botRoom({ roomId, userId: ownId });
			if (facts?.policy !== "bot" || !facts.isLocal) return undefined;
			const members = await membersOf(sayParts, roomId);
			const names = new Map(members.map(({ userId, displayName }) => [userId as string, displayName]));
			return { choice: readRoomChoice(facts.content), names };
		},
		inTurn: (roomId, work) => {
			turns
				.enter(roomId, work)
				.catch((err: unknown) => log.warn({ err, roomId }, "the assistant could not speak in a room"));
		},
		speak: async (roomId, saying) => {
			if (ending.signal.aborted) return;
			const eventId = await say(sayParts, roomId, saying);
			if (eventId !== undefined) listener.noteOwn(eventId, saying.replyTo);
		},
	};
	const listener = createListener({
		...{ ownId, seen, clock },
		onAsked: (roomId, event, body) =>
			place.inTurn(roomId, async () => {
				if (!listener.hasAnswered(event.eventId)) await answer({ place, assistant }, { roomId, event, body });
			}),
	});
	const digests = createDigests({ ...{ place, assistant, store, clock }, chosen: () => visits().chosen() });
	const greeter = createGreeter({
		...{ place, assistant, clock },
		topicOf: (roomId) => visits().summaryOf(roomId)?.topic,
	});
	return {
		onEvent: (roomId: RoomId, event: ReadEvent, isOld: boolean): void => {
			listener.hear(roomId, event, isOld);
			greeter.hear(roomId, event, isOld);
			if (event.type === "kith.assistant" && !isOld) digests.look();
		},
		onReadUp: (roomId: RoomId): void => {
			listener.askAgain(roomId);
			digests.look();
		},
		onLeft: (roomId: RoomId): void => seen.forget(roomId),
		stop: async (): Promise<void> => {
			digests.stop();
			ending.abort();
			await turns.whenIdle();
		},
	};
};

const answer = async (
	{ place, assistant }: { readonly place: Workplace; readonly assistant: Assistant },
	{ roomId, event, body }: { readonly roomId: RoomId; readonly event: ReadEvent; readonly body: string },
): Promise<void> => {
	const { ownId, seen, signal } = place;
	const askerId = event.sender as UserId;
	const scene = await place.sceneOf(roomId);
	if (scene === undefined) return;
	const { names, choice } = scene;
	const messages = seen.of(roomId).filter(({ eventId }) => eventId !== event.eventId);
	const question = withoutName(body, [names.get(ownId) ?? "", ownId]);
	const asked = { roomId, askerId, question, messages, names, language: choice.language, signal };
	const words = await answerQuestion(assistant, asked);
	if (words !== undefined)
		await place.speak(roomId, { ...words, replyTo: event.eventId, mentions: [askerId], once: event.eventId });
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
