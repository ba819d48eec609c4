import type { RoomEvent } from "../events/room-event.ts";
import type { EventId } from "../identifiers/identifier-types.ts";

/**
 * How a stored event came out of its checks. Rejected events change no state and authorize nothing; soft-failed events
 * do both but are no forward extremities and are not shown. Matrix v1.19 Server-Server API, "Rejection", "Soft failure".
 */
export type EventStatus = "accepted" | "softFailed" | "rejected";

/** An event that has been checked before. */
export interface StoredEvent {
	readonly event: RoomEvent;
	readonly status: EventStatus;
}

/** The events of all rooms, by id. */
export interface EventStore {
	/** Those of the events that are stored; unknown ids are left out. */
	events(ids: readonly EventId[]): Promise<ReadonlyMap<EventId, StoredEvent>>;
}
