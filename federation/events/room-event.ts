import type { EventId, RoomId, UserId } from "../identifiers/identifier-types.ts";
import type { JsonObject } from "../json/json-value.ts";

/**
 * A persistent data unit (PDU) that is well-formed for its room's version: the wire names are gone, the ids are branded
 * and `json` keeps the object as it was signed. Source: Matrix v1.19 Server-Server API, "PDUs".
 */
export interface RoomEvent {
	/** Reference hash of the event, with `$`. */
	readonly eventId: EventId;
	/** For the create event of version 12 it is derived: `!` instead of the event id's `$`. */
	readonly roomId: RoomId;
	readonly sender: UserId;
	readonly type: string;
	/** `undefined`: not a state event. */
	readonly stateKey: string | undefined;
	readonly content: JsonObject;
	readonly prevEvents: readonly EventId[];
	readonly authEvents: readonly EventId[];
	/** 0 to 2^53-1. */
	readonly depth: number;
	/** Milliseconds since the Unix epoch, as the origin claims. */
	readonly originServerTs: number;
	/** The event an `m.room.redaction` names, wherever the version keeps it. */
	readonly redacts: EventId | undefined;
	/** The whole PDU as signed: with `hashes` and `signatures`, without `event_id`. */
	readonly json: JsonObject;
}

/** A state event: `stateKey` is present. */
export interface StateEvent extends RoomEvent {
	readonly stateKey: string;
}
