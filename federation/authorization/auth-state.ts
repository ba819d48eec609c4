/**
 * The part of a room's state that authorization reads, behind one lookup, so that a database row cache, a resolution in
 * progress and the auth events of one event all serve as the state to check against.
 */
import type { RoomEvent, StateEvent } from "../events/room-event.ts";
import { type StateMapKey, stateMapKey } from "../events/state-key.ts";
import { getString } from "../json/json-object.ts";

/**
 * State to authorize against. It must answer for `m.room.create` in every version, also in version 12, where no event
 * names the create event among its auth events.
 */
export interface AuthState {
	get(type: string, stateKey: string): StateEvent | undefined;
}

/** True for an event that sets state. */
export const isStateEvent = (event: RoomEvent): event is StateEvent => event.stateKey !== undefined;

/** The state that a list of events sets; later entries win and events without a state key are left out. */
export const authStateOf = (events: Iterable<RoomEvent>): AuthState => {
	const byKey = new Map<StateMapKey, StateEvent>();
	for (const event of events) {
		if (isStateEvent(event)) byKey.set(stateMapKey(event.type, event.stateKey), event);
	}
	return { get: (type, stateKey) => byKey.get(stateMapKey(type, stateKey)) };
};

/** A user's membership; `undefined` where the user was never in the room, which the rules treat like `leave`. */
export const membershipIn = (state: AuthState, userId: string): string | undefined => {
	const event = state.get("m.room.member", userId);
	return event === undefined ? undefined : getString(event.content, "membership");
};

/**
 * The room's join rule. Without an `m.room.join_rules` event, or without the property in it, it is `invite`; a value
 * that is no string is a rule that nobody knows and lets nobody in.
 */
export const joinRuleIn = (state: AuthState): string => {
	const content = state.get("m.room.join_rules", "")?.content;
	if (content === undefined || !Object.hasOwn(content, "join_rule")) return "invite";
	return getString(content, "join_rule") ?? "";
};
