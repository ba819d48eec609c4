import type { EventId, ServerName } from "../../../../federation/identifiers/identifier-types.ts";

/** Where a room's history ends on this server. */
export interface HistoryEnd {
	/** Named by a stored event, and not stored. */
	readonly eventId: EventId;
	/** The server of whoever wrote the stored event: it has, or had, the other one. */
	readonly server: ServerName;
}

/** What is known of rooms whose beginning is elsewhere. */
export interface HistoryStore {
	/** The newest of the ends, as far as events lead to them that people are shown. */
	endsOf(roomNid: number, limit: number): Promise<readonly HistoryEnd[]>;
	/** Servers with people in the room, those with the most first. */
	serversIn(roomNid: number, limit: number): Promise<readonly ServerName[]>;
}
