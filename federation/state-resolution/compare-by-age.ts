import type { RoomEvent } from "../events/room-event.ts";

/** The tie-break of both orderings: older first by what the senders claim, then by id, compared by code unit (ids are ASCII). */
export const compareByAge = (x: RoomEvent, y: RoomEvent): number => {
	if (x.originServerTs !== y.originServerTs) return x.originServerTs - y.originServerTs;
	if (x.eventId === y.eventId) return 0;
	return x.eventId < y.eventId ? -1 : 1;
};
