import type { EventId } from "../identifiers/identifier-types.ts";

/** The key of one piece of room state in a `StateMap`: type and state key with a separator that sorts lowest. */
export type StateMapKey = `${string}\u0000${string}`;

/** Room state: for each (type, state key) the id of the event that set it. */
export type StateMap = ReadonlyMap<StateMapKey, EventId>;

/** Builds the map key. Event types and state keys may hold any character, so the first NUL of the *type* is refused by the format check. */
export const stateMapKey = (type: string, stateKey: string): StateMapKey => `${type}\u0000${stateKey}`;

/** Splits a map key again. */
export const splitStateMapKey = (key: StateMapKey): readonly [type: string, stateKey: string] => {
	const at = key.indexOf("\u0000");
	return [key.slice(0, at), key.slice(at + 1)];
};
