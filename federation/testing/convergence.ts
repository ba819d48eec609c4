import type { StateMap } from "../events/state-key.ts";
import type { SimulatedServer } from "./simulated-server.ts";

/**
 * What two servers of a room disagree on, in words; nothing when they hold the same room. Their current states agree only
 * after servers have built on each other's ends of the graph.
 */
export const disagreements = (one: SimulatedServer, other: SimulatedServer): readonly string[] => {
	const isSame = isSameState(one.room.currentState(), other.room.currentState());
	return [...historyDisagreements(one, other), ...(isSame ? [] : [`${one.name} and ${other.name}: the current state`])];
};

/**
 * What two servers that have heard the same events disagree on in the room's history. Soft failure, and with it the ends
 * of the graph, is not compared: it follows the order of arrival and may differ.
 */
export const historyDisagreements = (one: SimulatedServer, other: SimulatedServer): readonly string[] => {
	const found: string[] = [];
	const note = (isSame: boolean, words: string): void => {
		if (!isSame) found.push(`${one.name} and ${other.name}: ${words}`);
	};
	note(one.waiting === 0 && other.waiting === 0, "events wait for others");
	note(one.room.events.length === other.room.events.length, "not the same number of events");
	for (const { eventId } of one.room.events) {
		if (!other.room.knows([eventId])) {
			note(false, `${eventId} is missing`);
			continue;
		}
		note(one.room.rejected(eventId) === other.room.rejected(eventId), `one has rejected ${eventId}`);
		note(isSameState(one.room.stateBefore(eventId), other.room.stateBefore(eventId)), `the state before ${eventId}`);
	}
	return found;
};

const isSameState = (a: StateMap, b: StateMap): boolean =>
	a.size === b.size && [...a].every(([key, eventId]) => b.get(key) === eventId);
