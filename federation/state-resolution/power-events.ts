/**
 * Power events: those that might take someone's ability away, so they are resolved before all others.
 * Matrix v1.19, room version 2, "State resolution", "Power events" and "Algorithm", step 1.
 */
import type { RoomEvent } from "../events/room-event.ts";
import type { EventId } from "../identifiers/identifier-types.ts";

/** Whether the event is a power event: power levels, join rules, a kick or a ban. */
export const isPowerEvent = (event: RoomEvent): boolean => {
	if (event.stateKey === undefined) return false;
	if (event.type === "m.room.power_levels" || event.type === "m.room.join_rules") return event.stateKey === "";
	if (event.type !== "m.room.member" || event.sender === event.stateKey) return false;
	const membership = Object.hasOwn(event.content, "membership") ? event.content["membership"] : undefined;
	return membership === "leave" || membership === "ban";
};

/**
 * The power events of the full conflicted set, with what else of the set their auth chains hold. The walk goes along
 * conflicted events only: what lies behind an event that all states agree on is settled by that event.
 */
export const powerEventsWithAuthChains = (
	fullConflicted: ReadonlyMap<EventId, RoomEvent>,
): ReadonlyMap<EventId, RoomEvent> => {
	const selected = new Map<EventId, RoomEvent>();
	const pending = [...fullConflicted.values()].filter(isPowerEvent);
	for (let event = pending.pop(); event !== undefined; event = pending.pop()) {
		if (selected.has(event.eventId)) continue;
		selected.set(event.eventId, event);
		for (const id of event.authEvents) {
			const cited = fullConflicted.get(id);
			if (cited !== undefined) pending.push(cited);
		}
	}
	return selected;
};
