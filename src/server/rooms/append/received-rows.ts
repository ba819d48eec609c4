import type { EventId, RoomId, ServerName } from "../../../../federation/identifiers/identifier-types.ts";
import type { EventRow, Verdict } from "./event-row.ts";

/** An event that is not in the stream: known only as an ancestor (no position), or history (a negative one). */
export interface AsideRow extends Omit<EventRow, "stateGroupId"> {
	readonly position: number | undefined;
	readonly stateGroupId: number | undefined;
	readonly verdict: Verdict;
}

/** An ancestor that has now been received for itself, and takes its place in the stream; or an event judged anew. */
export interface PlacementRow {
	readonly nid: number;
	readonly position: number;
	readonly stateGroupId: number;
	/** undefined: as it was. */
	readonly messageOrdinal: number | undefined;
	readonly verdict: Verdict;
}

/** Where a room's history ends on this server: `prevEventId` is referred to but not stored. */
export interface BackwardRow {
	readonly roomNid: number;
	readonly prevEventId: string;
	readonly eventNid: number;
}

/**
 * A place in the stream where state resolution, and no event that stands there, changed what decides what a person of
 * this server may see. `stateKey` is the person, or empty for the room's history visibility.
 */
export interface ResolvedMarkRow {
	readonly roomNid: number;
	readonly stateKey: string;
	readonly position: number;
	readonly value: string;
}

/** A room that was joined without its memberships. */
export interface ArrivingRow {
	readonly roomNid: number;
	/** The event by which it was joined. */
	readonly joinNid: number;
	/** Servers that are said to be in the room, whom to ask first. */
	readonly servers: readonly string[];
}

/**
 * A room of which nothing is still to come. `tellsMissed`: servers that turned out to be in it, and were not told what was
 * written here meanwhile, are told now.
 */
export interface CompleteRow {
	readonly roomNid: number;
	readonly tellsMissed: boolean;
}

/** A join that its server handed to this one: what was written here after it was asked for is not among what the join follows. */
export interface NewcomerRow {
	readonly roomNid: number;
	readonly joinNid: number;
	readonly server: ServerName;
}

/** A transaction of another server with its answer, and what of it could not be judged at once and waits. */
export interface ReceivedTransactionRow {
	readonly origin: ServerName;
	readonly txnId: string;
	/** JSON. */
	readonly answer: string;
	/** Milliseconds since the Unix epoch. */
	readonly receivedAt: number;
	readonly pdus: readonly { readonly roomId: RoomId; readonly eventId: EventId; readonly json: string }[];
}

/** The rows of a batch that only events of other servers cause. */
export interface ReceivedRows {
	readonly asides: AsideRow[];
	readonly placements: PlacementRow[];
	/** Pieces of the present state that resolution took away. */
	readonly unset: { readonly roomNid: number; readonly type: string; readonly stateKey: string }[];
	readonly awaited: BackwardRow[];
	/** Events that are stored now: nothing waits for them any more. */
	readonly arrived: { readonly roomNid: number; readonly prevEventId: string }[];
	readonly marks: ResolvedMarkRow[];
	/** Rooms that this server comes into, and how deep the event is by which it does. */
	readonly entries: { readonly roomNid: number; readonly depth: number }[];
	/** Rooms whose outliers without a place in the auth chains are forgotten: they came with invitations, unfounded. */
	readonly unfounded: number[];
	/** Rooms of which nothing is still to come, and then those of which something is. */
	readonly complete: CompleteRow[];
	readonly arriving: ArrivingRow[];
	/** Told what they missed, unless somebody of their server was in the room already. */
	readonly newcomers: NewcomerRow[];
	/** Rooms of which what was shown no longer holds. */
	readonly renewed: number[];
	/** Events that have again the words that a deletion took away. */
	readonly restored: { readonly nid: number; readonly json: string }[];
	/** What is set by states that are stored already: memberships that arrived. */
	readonly stateEntries: { readonly groupId: number; readonly eventNid: number }[];
	/** What brought the batch's events. One that was answered before is left as it is. */
	transaction?: ReceivedTransactionRow;
}

export const emptyReceivedRows = (): ReceivedRows => ({
	asides: [],
	placements: [],
	unset: [],
	awaited: [],
	arrived: [],
	marks: [],
	entries: [],
	unfounded: [],
	complete: [],
	arriving: [],
	newcomers: [],
	renewed: [],
	restored: [],
	stateEntries: [],
});
