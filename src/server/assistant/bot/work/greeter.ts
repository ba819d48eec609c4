import type { RoomId } from "../../../../../federation/identifiers/identifier-types.ts";
import type { Assistant } from "../../create-assistant.ts";
import type { Clock } from "../../ports.ts";
import type { ReadEvent } from "../open-events.ts";
import { greetNewcomer } from "./greet-newcomer.ts";
import type { Workplace } from "./workplace.ts";

interface GreeterParts {
	readonly place: Workplace;
	readonly assistant: Assistant;
	readonly clock: Clock;
	topicOf(roomId: RoomId): string | undefined;
}

const freshMs = 120_000;
/** Whoever leaves and comes again within so long is no newcomer. */
const knownMs = 24 * 3_600_000;
const mostKnown = 10_000;

/** Greets who comes into a room whose administrators want it. */
export const createGreeter = ({ place, assistant, clock, topicOf }: GreeterParts) => {
	/** When each was greeted, by room and person. */
	const greeted = new Map<string, number>();
	const isKnown = (name: string): boolean => clock.now() - (greeted.get(name) ?? Number.NEGATIVE_INFINITY) < knownMs;
	const note = (name: string): void => {
		greeted.delete(name);
		greeted.set(name, clock.now());
		for (const oldest of greeted.keys()) {
			if (greeted.size <= mostKnown) break;
			greeted.delete(oldest);
		}
	};
	const greet = async (roomId: RoomId, userId: string, eventId: string): Promise<void> => {
		const scene = await place.sceneOf(roomId);
		if (scene?.choice.isGreeting !== true) return;
		const { ownId, signal, seen } = place;
		const { names, choice } = scene;
		const words = await greetNewcomer(assistant, {
			...{ roomId, ownId, signal, names, language: choice.language, messages: seen.of(roomId) },
			...{ newcomer: names.get(userId) ?? userId, topic: topicOf(roomId) ?? "" },
		});
		await place.speak(roomId, { ...words, mentions: [userId], once: eventId });
	};
	return {
		hear: (roomId: RoomId, event: ReadEvent, isOld: boolean): void => {
			const userId = arrivedIn(event);
			if (userId === undefined || userId === place.ownId || isOld) return;
			const name = JSON.stringify([roomId, userId]);
			if (clock.now() - event.at > freshMs || isKnown(name)) return;
			note(name);
			place.inTurn(roomId, () => greet(roomId, userId, event.eventId));
		},
	};
};

/** Who has just come by it; undefined: nobody. */
const arrivedIn = ({ type, stateKey, content, previousContent }: ReadEvent): string | undefined => {
	const isArrival =
		type === "m.room.member" &&
		content["membership"] === "join" &&
		previousContent?.["membership"] !== "join" &&
		stateKey !== undefined;
	return isArrival ? stateKey : undefined;
};
