/**
 * What an event cannot be judged without. Ids are hashes of what they cite, so among events there are no circles.
 */
import type { EventId } from "../identifiers/identifier-types.ts";
import { createEventIdOf } from "../identifiers/room-id.ts";
import type { RoomEvent } from "./room-event.ts";

/** What must be known before the event: its auth events, and from version 12 the create event, which nobody cites. */
export const foundationsOf = ({ eventId, authEvents, roomId }: RoomEvent): readonly EventId[] => {
	const createId = createEventIdOf(roomId);
	return createId === undefined || createId === eventId ? authEvents : [...authEvents, createId];
};
