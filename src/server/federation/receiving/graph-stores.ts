import type { RoomEvent, StateEvent } from "../../../../federation/events/room-event.ts";
import type { StateMapKey } from "../../../../federation/events/state-key.ts";
import type { EventStore } from "../../../../federation/ports/event-store.ts";
import type { PartialState, StateStore } from "../../../../federation/ports/state-store.ts";
import type { PlacedState, RoomGraph } from "../../rooms/public.ts";
import { resolvePlaced } from "./resolve-placed.ts";

/** The protocol's view of the stored events. */
export const createEventStore = (graph: RoomGraph): EventStore => ({ events: (ids) => graph.find(ids) });

/** The protocol's view of the stored states. */
export const createStateStore = (graph: RoomGraph): StateStore => ({
	stateBefore: async (event, keys) => {
		const room = await graph.room(event.roomId);
		const groups = room === undefined ? undefined : await groupsAfter(graph, room.nid, event);
		if (room === undefined || groups === undefined) return undefined;
		const [only, ...others] = groups;
		if (only === undefined) return new Map();
		if (others.length === 0) return withEvents(graph, await graph.stateOf(only, keys));
		const states: PlacedState[] = [];
		for (const groupId of groups) states.push(await graph.stateOf(groupId));
		return withEvents(graph, partOf(await resolvePlaced(graph, room, { states }), keys));
	},
	currentState: async (roomId, keys) => withEvents(graph, await graph.currentState(roomId, keys)),
});

/** The distinct states after the previous events; undefined when one of them is not known in this room. */
export const groupsAfter = async (
	graph: RoomGraph,
	roomNid: number,
	{ prevEvents }: Pick<RoomEvent, "prevEvents">,
): Promise<readonly number[] | undefined> => {
	const found = await graph.find(prevEvents);
	const groups = new Set<number>();
	for (const eventId of prevEvents) {
		const previous = found.get(eventId);
		if (previous?.stateGroupId === undefined || previous.roomNid !== roomNid) return undefined;
		groups.add(previous.stateGroupId);
	}
	return [...groups];
};

/** What is set of some keys. */
export const partOf = (state: PlacedState, keys: readonly StateMapKey[]): PlacedState =>
	new Map(
		keys.flatMap((key) => {
			const place = state.get(key);
			return place === undefined ? [] : [[key, place] as const];
		}),
	);

/** The events of a part of a state. */
export const withEvents = async (graph: RoomGraph, state: PlacedState): Promise<PartialState> => {
	const found = await graph.find([...state.values()].map(({ eventId }) => eventId));
	return new Map(
		[...state].map(([key, { eventId }]) => {
			const stored = found.get(eventId);
			if (stored === undefined) throw new Error(`${eventId} is in a state and not stored`);
			return [key, stored.event as StateEvent] as const;
		}),
	);
};
