import type { RoomEvent } from "../../../../federation/events/room-event.ts";
import type { EventId } from "../../../../federation/identifiers/identifier-types.ts";
import type { RoomGraph } from "../../rooms/public.ts";
import { stateBefore } from "../receiving/state-before.ts";

/** So many events are read with one statement. */
const readAtOnce = 2_000;

/** The state before a stored event, and the ancestors by `auth_events` of that state and of the event. */
export const readSurroundings = async (
	graph: RoomGraph,
	event: RoomEvent,
): Promise<{ readonly state: readonly RoomEvent[]; readonly authChain: readonly RoomEvent[] }> => {
	const room = await graph.room(event.roomId);
	if (room === undefined) throw new Error(`${event.roomId} is gone`);
	const before = await stateBefore(graph, room, { event, given: undefined });
	const places = await before.full();
	const state = await readAll(
		graph,
		[...places.values()].map(({ eventId }) => eventId),
	);
	const chain = new Map<EventId, RoomEvent>();
	let wanted = new Set([event, ...state].flatMap(({ authEvents }) => authEvents));
	while (wanted.size > 0) {
		const found = await readAll(graph, [...wanted]);
		for (const each of found) chain.set(each.eventId, each);
		wanted = new Set(found.flatMap(({ authEvents }) => authEvents).filter((id) => !chain.has(id)));
	}
	return { state, authChain: [...chain.values()] };
};

const readAll = async (graph: RoomGraph, eventIds: readonly EventId[]): Promise<readonly RoomEvent[]> => {
	const events: RoomEvent[] = [];
	for (let at = 0; at < eventIds.length; at += readAtOnce) {
		const found = await graph.find(eventIds.slice(at, at + readAtOnce));
		for (const stored of found.values()) events.push(stored.event);
	}
	return events;
};
