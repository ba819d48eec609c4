import type { StateEvent } from "../../../../federation/events/room-event.ts";
import type { StateMap } from "../../../../federation/events/state-key.ts";
import type { EventId } from "../../../../federation/identifiers/identifier-types.ts";
import type { RoomVersion } from "../../../../federation/room-versions/room-version.ts";
import type { ResolutionSource } from "../../../../federation/state-resolution/resolution-source.ts";
import { tryResolveState } from "../../../../federation/state-resolution/resolve-state.ts";
import type { GraphEvent, PlacedState, RoomGraph, StatePlace } from "../../rooms/public.ts";

/** Which room's states are resolved. */
export interface GraphRoom {
	readonly nid: number;
	readonly version: RoomVersion;
	/** Its states lack memberships, which are still arriving. */
	readonly areMembersArriving: boolean;
	/** Its present state has an event that names a policy server. */
	readonly namesPolicyServer: boolean;
}

/** A state event that is about to be stored, and takes part in one of the states. */
export interface Newcomer {
	readonly nid: number;
	readonly event: StateEvent;
}

/** The states after several events as one state. Loads the auth chain index only when the states differ. */
export const resolvePlaced = async (
	graph: RoomGraph,
	room: Pick<GraphRoom, "nid" | "version">,
	{ states, newcomer }: { readonly states: readonly PlacedState[]; readonly newcomer?: Newcomer | undefined },
): Promise<PlacedState> => {
	const [first, ...others] = states;
	if (first === undefined) return new Map();
	if (others.every((other) => isSameState(first, other))) return first;
	const authChains = await graph.authChains(room.nid);
	const known = new Map<EventId, Pick<GraphEvent, "nid" | "event" | "status">>();
	if (newcomer !== undefined) {
		authChains.add(newcomer.event);
		known.set(newcomer.event.eventId, { ...newcomer, status: "accepted" });
	}
	const source: ResolutionSource = {
		event: (id) => known.get(id)?.event,
		rejected: (id) => known.get(id)?.status === "rejected",
		authChains,
	};
	const maps = states.map(idsOf);
	for (;;) {
		const resolution = tryResolveState(maps, source, room.version);
		if (resolution.kind === "resolved") return placesOf(resolution.state, states, known);
		const found = await graph.find(resolution.events.filter((id) => !known.has(id)));
		if (found.size === 0) throw new Error(`state resolution lacks ${resolution.events[0]}`);
		for (const [id, event] of found) known.set(id, event);
	}
};

/** Whether two states set the same. */
export const isSameState = (one: PlacedState, other: PlacedState): boolean =>
	one.size === other.size && [...one].every(([key, { nid }]) => other.get(key)?.nid === nid);

const idsOf = (state: PlacedState): StateMap => new Map([...state].map(([key, { eventId }]) => [key, eventId]));

const placesOf = (
	state: StateMap,
	states: readonly PlacedState[],
	known: ReadonlyMap<EventId, { readonly nid: number }>,
): PlacedState => {
	const nids = new Map<EventId, number>();
	for (const [eventId, { nid }] of known) nids.set(eventId, nid);
	for (const each of states) for (const { eventId, nid } of each.values()) nids.set(eventId, nid);
	return new Map(
		[...state].map(([key, eventId]): [typeof key, StatePlace] => {
			const nid = nids.get(eventId);
			if (nid === undefined) throw new Error(`${eventId} was resolved but is in no state`);
			return [key, { nid, eventId }];
		}),
	);
};
