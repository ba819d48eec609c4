/**
 * The state that an event itself cites: its `auth_events`, and from room version 12 the create event, which no event
 * cites because the room id names it. Matrix v1.19, room version 12, "Authorization rules", and room version 2,
 * "Iterative auth checks".
 */
import { type AuthState, isStateEvent } from "../authorization/auth-state.ts";
import type { RoomEvent, StateEvent } from "../events/room-event.ts";
import type { EventId } from "../identifiers/identifier-types.ts";
import type { RoomVersion } from "../room-versions/room-version.ts";
import type { EventLookup } from "./resolution-source.ts";

/** The cited state; with `skipRejected`, auth events that were rejected are not there. */
export const citedState = (
	event: RoomEvent,
	lookup: EventLookup,
	{ version, skipRejected }: { readonly version: RoomVersion; readonly skipRejected: boolean },
): AuthState => ({
	get: (type, stateKey) => {
		if (type === "m.room.create" && version.roomIdIsCreateHash) {
			const create = lookup.get(`$${event.roomId.slice(1)}` as EventId);
			return create !== undefined && isStateEvent(create) ? create : undefined;
		}
		return citedEvent(event, lookup, (cited) => {
			const isWanted = cited.type === type && cited.stateKey === stateKey;
			return isWanted && !(skipRejected && lookup.rejected(cited.eventId));
		});
	},
});

/** The `m.room.power_levels` event among an event's auth events. */
export const citedPowerLevels = (event: RoomEvent, lookup: EventLookup): StateEvent | undefined =>
	citedEvent(event, lookup, (cited) => cited.type === "m.room.power_levels" && cited.stateKey === "");

const citedEvent = (
	event: RoomEvent,
	lookup: EventLookup,
	isWanted: (cited: StateEvent) => boolean,
): StateEvent | undefined => {
	for (const id of event.authEvents) {
		const cited = lookup.get(id);
		if (cited !== undefined && isStateEvent(cited) && isWanted(cited)) return cited;
	}
	return undefined;
};
