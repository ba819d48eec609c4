import type { EventId, RoomId, ServerName } from "../../../../federation/identifiers/identifier-types.ts";
import type { JsonObject } from "../../../../federation/json/json-value.ts";
import type { EventStatus } from "../../../../federation/ports/event-store.ts";

/** An event that another server gave. */
export interface ReceiveInput {
	readonly roomId: RoomId;
	readonly pdu: JsonObject;
	/**
	 * The ids of the state before the event, as another server gave it, where its previous events are not all known. They
	 * must have been stored, as outliers.
	 */
	readonly stateBefore?: readonly EventId[] | undefined;
	/**
	 * Nobody of this server was in the room until this event: what is stored of the room is past, so that the event is not
	 * checked against it, and becomes the one end of the graph. `arriving`: memberships are still to come, and these servers
	 * are said to be in the room.
	 */
	readonly entry?: { readonly arriving: readonly ServerName[] | undefined } | undefined;
	/** It comes before what is stored, and is put there: it is not checked against the present and does not change it. */
	readonly isHistory?: boolean | undefined;
	/** Of history: its place, a number that was reserved for it; left out: before everything else. */
	readonly historyPosition?: number | undefined;
	/**
	 * The server that handed it to this one, which is in the room, to be given to all others there: the answering side of
	 * joins, leaves, knocks and invites. Left out for what other servers send by themselves.
	 */
	readonly handedBy?: ServerName | undefined;
}

/** What became of a received event. */
export type Received =
	| {
			readonly kind: "stored";
			readonly eventId: EventId;
			readonly status: EventStatus;
			/** What spoke against it, where it was not accepted. */
			readonly rule?: string;
			/** Its content hash was wrong, and its redacted copy is what was stored. */
			readonly isRedacted: boolean;
			readonly position: number;
	  }
	/** It was stored before, and is what it was. */
	| { readonly kind: "known"; readonly eventId: EventId; readonly status: EventStatus }
	/** To be received again when these are stored, or (for previous events) with the state before it. */
	| {
			readonly kind: "incomplete";
			readonly eventId: EventId;
			readonly missingAuthEvents: readonly EventId[];
			readonly missingPrevEvents: readonly EventId[];
	  }
	/** To be forgotten; when transient, a later try may end otherwise. */
	| { readonly kind: "dropped"; readonly rule: string; readonly detail: string; readonly isTransient: boolean }
	| { readonly kind: "unknownRoom" }
	/** Of an entry: somebody of this server has come in meanwhile, so that it is none. */
	| { readonly kind: "overtaken" };
