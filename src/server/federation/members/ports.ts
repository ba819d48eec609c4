import type { EventId, RoomId, ServerName, UserId } from "../../../../federation/identifiers/identifier-types.ts";

/** A room whose memberships are still to come. */
export interface ArrivingRoom {
	readonly roomNid: number;
	readonly roomId: RoomId;
	/** The event by which it was joined, its position, and the state after it. */
	readonly joinId: EventId;
	readonly joinPosition: number;
	readonly joinGroupId: number;
	/** Servers that are said to be in the room, the one through which it was joined first. */
	readonly servers: readonly ServerName[];
	/** An event since the join was refused after all. */
	readonly hasChanged: boolean;
	/** How often nobody could give what is missing. */
	readonly attempts: number;
}

/** An event of the room since it was joined. */
export interface LaterEvent {
	readonly eventId: EventId;
	readonly position: number;
}

/** An event whose words were taken away by a deletion that was refused after all. */
export interface WronglyDeleted {
	readonly nid: number;
	readonly eventId: EventId;
	readonly sender: UserId;
}

/** What is stored about rooms whose memberships are arriving. Every method throws AppError `unavailable`. */
export interface ArrivingStore {
	/** Rooms whose time has come, those that wait for the longest time first. */
	due(now: number, limit: number): Promise<readonly ArrivingRoom[]>;
	/** One of them, whether or not its time has come. */
	room(roomId: RoomId): Promise<ArrivingRoom | undefined>;
	/** Counts one attempt more; `lastError` is in plain words. */
	failed(roomNid: number, next: { readonly at: number; readonly lastError: string }): Promise<void>;
	/** Nobody of this server is in the room any more: it is not asked for. */
	forget(roomNid: number): Promise<void>;
	/** What came after a position, in order, but for what was refused. */
	eventsAfter(roomNid: number, position: number, limit: number): Promise<readonly LaterEvent[]>;
	/** Those of the states that stand on no other: what arrives later does not come into them by itself. */
	standingAlone(groupIds: readonly number[]): Promise<ReadonlySet<number>>;
	/** The newest message that counts and came before a position; how many messages there were with it. */
	lastMessageBefore(
		roomNid: number,
		position: number,
	): Promise<{ readonly nid: number; readonly ordinal: number } | undefined>;
	wronglyDeleted(roomNid: number): Promise<readonly WronglyDeleted[]>;
	/** People of this server who are in the room. */
	membersHere(roomNid: number): Promise<readonly UserId[]>;
}
