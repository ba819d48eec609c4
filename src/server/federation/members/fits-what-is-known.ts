import type { StateMapKey } from "../../../../federation/events/state-key.ts";
import type { EventId } from "../../../../federation/identifiers/identifier-types.ts";
import type { PlacedState } from "../../rooms/public.ts";

/**
 * Whether a state that a server gives is the one of which a part is known: whatever is set there is set here by the same
 * event. A server that says otherwise about the same place in the room is not believed about the memberships either.
 */
export const fitsWhatIsKnown = (known: PlacedState, given: PlacedState, joinKey: StateMapKey): boolean =>
	[...known].every(([key, { eventId }]) => key === joinKey || idIn(given, key) === eventId);

const idIn = (state: PlacedState, key: StateMapKey): EventId | undefined => state.get(key)?.eventId;
