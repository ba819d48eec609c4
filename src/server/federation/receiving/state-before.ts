import type { RoomEvent } from "../../../../federation/events/room-event.ts";
import type { PartialState, StateStore } from "../../../../federation/ports/state-store.ts";
import type { PlacedState, RoomGraph } from "../../rooms/public.ts";
import { createStateStore, groupsAfter, partOf, withEvents } from "./graph-stores.ts";
import { type GraphRoom, resolvePlaced } from "./resolve-placed.ts";
import { deltaFrom, type GroupPlace, type StateDelta } from "./state-groups.ts";

/** The state before an event, as its group will be made from it. */
export interface StateBefore extends StateDelta {
	/** All of it; asked for only where branches meet. */
	full(): Promise<PlacedState>;
}

/**
 * Where the checks find states: the stored ones, or a state that was given for the event. History, and the first event of
 * a room, have no present to be checked against: the state before them stands for it.
 */
export const statesFor = (
	graph: RoomGraph,
	{ given, hasPresent }: { readonly given: PlacedState | undefined; readonly hasPresent: boolean },
): StateStore => {
	const stored = createStateStore(graph);
	let before: PartialState = new Map();
	return {
		stateBefore: async (event, keys) => {
			const found =
				given === undefined ? await stored.stateBefore(event, keys) : await withEvents(graph, partOf(given, keys));
			before = found ?? before;
			return found;
		},
		currentState: async (roomId, keys) => (hasPresent ? stored.currentState(roomId, keys) : before),
	};
};

/** The state before an event whose checks have passed. */
export const stateBefore = async (
	graph: RoomGraph,
	room: GraphRoom,
	{ event, given }: { readonly event: RoomEvent; readonly given: PlacedState | undefined },
): Promise<StateBefore> => {
	if (given !== undefined) return { ...deltaFrom(given, []), full: async () => given };
	const groups = await groupsAfter(graph, room.nid, event);
	if (groups === undefined) throw new Error(`the state before ${event.eventId} is not known`);
	const [only, ...others] = groups;
	if (only === undefined) return { base: undefined, changed: new Map(), full: async () => new Map() };
	const heights = await graph.heightsOf(groups);
	const place = (groupId: number) => ({ groupId, height: heights.get(groupId) ?? 0 });
	if (others.length === 0) return { base: place(only), changed: new Map(), full: () => graph.stateOf(only) };
	const candidates: (GroupPlace & { readonly state: PlacedState })[] = [];
	for (const groupId of groups) candidates.push({ ...place(groupId), state: await graph.stateOf(groupId) });
	const resolved = await resolvePlaced(graph, room, { states: candidates.map(({ state }) => state) });
	return { ...deltaFrom(resolved, candidates), full: async () => resolved };
};
