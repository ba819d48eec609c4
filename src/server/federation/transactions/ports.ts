import type { EventId, RoomId, ServerName } from "../../../../federation/identifiers/identifier-types.ts";
import type { JsonObject } from "../../../../federation/json/json-value.ts";
import type { RoomVersion } from "../../../../federation/room-versions/room-version.ts";
import type { ReceivedTransactionRow } from "../../rooms/public.ts";

/** A room that other servers send events for. */
export interface IncomingRoom {
	readonly version: RoomVersion;
	/** Somebody of this server is in it. False: it is known by an invitation, or everybody has left. */
	readonly isJoined: boolean;
	/** The content of its `m.room.server_acl`. */
	readonly serverAcl: JsonObject | undefined;
}

/** A PDU as it is put down before the transaction is answered. */
export interface IncomingPdu {
	readonly roomId: RoomId;
	readonly eventId: EventId;
	readonly json: string;
}

/** A PDU that waits to be checked. */
export interface WaitingPdu {
	readonly id: number;
	readonly roomId: RoomId;
	readonly origin: ServerName;
	readonly eventId: EventId;
	readonly json: string;
	/** How often it could not be judged. */
	readonly attempts: number;
}

/** Which of the waiting PDUs are wanted: whose time has come, in the order in which they came. */
export interface DueQuery {
	readonly now: number;
	readonly limit: number;
	/** Of this room alone. */
	readonly roomId?: RoomId;
	/** Not of these rooms. */
	readonly withoutRooms?: readonly RoomId[];
}

/** Where this server's copy of a room begins and ends. */
export interface GapBounds {
	/** The ids of the room's forward extremities, newest first; of very many the first. */
	readonly ends: readonly EventId[];
	/** How deep the event was by which this server came into the room. 0: it was there from the beginning. */
	readonly entryDepth: number;
}

/** What other servers sent, on the disk. Every method throws AppError `unavailable` when the database cannot be reached. */
export interface TransactionStore {
	/** The answer that the transaction got before. */
	answerOf(origin: ServerName, txnId: string): Promise<string | undefined>;
	/** The rooms that this server knows. */
	rooms(roomIds: readonly RoomId[]): Promise<ReadonlyMap<RoomId, IncomingRoom>>;
	/** How many PDUs of the server wait, counted up to `limit`. */
	waitingOf(origin: ServerName, limit: number): Promise<number>;
	/** Those of these rooms for which something waits. */
	waitingRooms(roomIds: readonly RoomId[]): Promise<ReadonlySet<RoomId>>;
	/** Stores the transaction whole. False, and nothing is stored: it was before. */
	store(transaction: ReceivedTransactionRow): Promise<boolean>;
	/** Rooms take turns, so that one with much to do holds up no other; within a room in the order in which they came. */
	due(query: DueQuery): Promise<readonly WaitingPdu[]>;
	remove(ids: readonly number[]): Promise<void>;
	/** Counts one attempt more. */
	delay(id: number, nextTryAt: number): Promise<void>;
	/** Between what a gap can be. */
	gapBounds(roomId: RoomId): Promise<GapBounds>;
	/** Forgets the answers of transactions from before. */
	forgetAnswers(before: number): Promise<void>;
}
