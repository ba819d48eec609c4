/**
 * Applies sorted events to a state one by one and leaves out those that the state so far does not allow.
 * Matrix v1.19, room version 2, "State resolution", "Iterative auth checks".
 */
import { type AuthState, isStateEvent } from "../authorization/auth-state.ts";
import { authorizeEvent } from "../authorization/authorize-event.ts";
import { authEventKeys } from "../authorization/select-auth-events.ts";
import type { RoomEvent } from "../events/room-event.ts";
import { type StateMap, type StateMapKey, stateMapKey } from "../events/state-key.ts";
import type { EventId } from "../identifiers/identifier-types.ts";
import type { RoomVersion } from "../room-versions/room-version.ts";
import { citedState } from "./event-state.ts";
import type { EventLookup } from "./resolution-source.ts";

/** A state that is being resolved. */
export type GrowingState = Map<StateMapKey, EventId>;

/** Applies the events, in order, to the state in place. */
export const iterativeAuthChecks = (
	sorted: readonly RoomEvent[],
	state: GrowingState,
	{ lookup, version }: { readonly lookup: EventLookup; readonly version: RoomVersion },
): void => {
	for (const event of sorted) wantWhatDecides(event, state, { lookup, version });
	for (const event of sorted) {
		if (event.stateKey === undefined) continue;
		if (authorizeEvent(event, stateSoFar(event, state, { lookup, version }), version).kind !== "allowed") continue;
		state.set(stateMapKey(event.type, event.stateKey), event.eventId);
	}
};

/** One load brings what the checks will ask for, instead of one load per question. */
const wantWhatDecides = (
	event: RoomEvent,
	state: StateMap,
	{ lookup, version }: { readonly lookup: EventLookup; readonly version: RoomVersion },
): void => {
	lookup.want(event.authEvents);
	for (const [type, stateKey] of authEventKeys(event, version)) {
		const id = state.get(stateMapKey(type, stateKey));
		if (id !== undefined) lookup.want([id]);
	}
};

/** The resolved state, and where it lacks a key the event's own auth events, unless they were rejected. */
const stateSoFar = (
	event: RoomEvent,
	state: StateMap,
	{ lookup, version }: { readonly lookup: EventLookup; readonly version: RoomVersion },
): AuthState => {
	const cited = citedState(event, lookup, { version, skipRejected: true });
	return {
		get: (type, stateKey) => {
			const id = state.get(stateMapKey(type, stateKey));
			if (id === undefined) return cited.get(type, stateKey);
			const found = lookup.get(id);
			return found !== undefined && isStateEvent(found) ? found : undefined;
		},
	};
};
