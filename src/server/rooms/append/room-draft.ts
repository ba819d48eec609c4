import type { Authorize } from "../../../../federation/authorization/authorize-event.ts";
import type { RoomEvent, StateEvent } from "../../../../federation/events/room-event.ts";
import type { EventId, RoomId, UserId } from "../../../../federation/identifiers/identifier-types.ts";
import type { JsonObject } from "../../../../federation/json/json-value.ts";
import type { Signer } from "../../../../federation/ports/signer.ts";
import type { Approval } from "./approval.ts";
import type { RoomHead, RoomRow, StateEntry } from "./room-head.ts";
import type { RowBatch } from "./row-batch.ts";

/** An event that somebody of this server wants to add. */
export interface DraftEvent {
	readonly type: string;
	readonly sender: UserId;
	readonly stateKey?: string;
	readonly content: JsonObject;
	readonly redacts?: EventId;
	readonly transactionId?: string;
}

/** An event that will be stored when the batch commits. */
export interface PlacedEvent {
	readonly nid: number;
	readonly messageOrdinal: number;
	readonly event: RoomEvent;
}

/** What a draft needs of its surroundings. */
export interface DraftContext {
	readonly signer: Signer;
	readonly authorize: Authorize;
	readonly now: number;
	/** What policy servers have said already; undefined at a job's first attempt. */
	readonly approval: Approval | undefined;
	/** The next number of the stream; consumed. */
	nextNid(): number;
}

/**
 * Changes to one room on top of what is stored. Nothing of the head changes until `applyTo`, so a plan that refuses half
 * way leaves no trace.
 */
export interface RoomDraft {
	readonly roomId: RoomId;
	readonly head: RoomHead;
	readonly row: RoomRow;
	readonly rows: RowBatch;
	/** The events added so far. */
	readonly placed: readonly PlacedEvent[];
	readonly context: DraftContext;
	state(type: string, stateKey?: string): StateEvent | undefined;
	entry(type: string, stateKey: string): StateEntry | undefined;
	/**
	 * Checks against the authorization rules, hashes, signs and places the event. Throws AppError `forbidden` with the rule,
	 * and ApprovalWanted.
	 */
	add(event: DraftEvent): PlacedEvent;
	/** The event as it would be added, checked, hashed and signed, but not placed: for others to sign it too. */
	propose(event: DraftEvent): RoomEvent;
	updateRow(change: Partial<RoomRow>): void;
	/** Makes the head what the draft says. */
	apply(): void;
}
