/** The state that a join brought, as events. */
import type { RoomEvent } from "../events/room-event.ts";
import type { JoinedRoom } from "../handshakes/membership/check-join-answer.ts";

/** In no particular order. */
export const joinedState = async ({ events, stateIds }: JoinedRoom): Promise<readonly RoomEvent[]> => {
	const ids = new Set(stateIds);
	const state: RoomEvent[] = [];
	for await (const { event } of events.oldestFirst()) if (ids.has(event.eventId)) state.push(event);
	return state;
};
