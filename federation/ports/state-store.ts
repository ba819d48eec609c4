import type { RoomEvent, StateEvent } from "../events/room-event.ts";
import type { StateMapKey } from "../events/state-key.ts";
import type { RoomId } from "../identifiers/identifier-types.ts";

/** Part of a room's state: what was asked for and is set. */
export type PartialState = ReadonlyMap<StateMapKey, StateEvent>;

/** The states of rooms. Answers hold the keys that were asked for and may hold more. */
export interface StateStore {
	/**
	 * The state before an event, whether or not the event is stored: resolved over the states after its `prev_events`,
	 * and empty where it names none. `undefined` when one of those is not stored, or its state is not known.
	 */
	stateBefore(event: RoomEvent, keys: readonly StateMapKey[]): Promise<PartialState | undefined>;
	/** The state of the room now: resolved over its forward extremities. */
	currentState(roomId: RoomId, keys: readonly StateMapKey[]): Promise<PartialState>;
}
