import type { RoomEvent, StateEvent } from "../../../../federation/events/room-event.ts";
import type { StateMapKey } from "../../../../federation/events/state-key.ts";
import type { EventId, RoomId, UserId } from "../../../../federation/identifiers/identifier-types.ts";
import type { RoomVersion } from "../../../../federation/room-versions/room-version.ts";
import type { WireRoomEncryption, WireRoomKind } from "../../../shared/wire/room.ts";

/** Where a state event stands in the chain cover of the auth graph. */
export interface ChainPlace {
	readonly chainId: number;
	readonly sequence: number;
	/** Nothing continues the chain yet. False where an event of another branch did. */
	readonly isTail: boolean;
}

/** A piece of the room's present state, with its place in the database. */
export interface StateEntry {
	readonly nid: number;
	readonly event: StateEvent;
	readonly chain: ChainPlace;
}

/** An event that nothing refers to yet. */
export interface Extremity {
	readonly nid: number;
	readonly eventId: EventId;
	readonly depth: number;
}

/** How the messages of a room are encrypted. */
export type RoomEncryption = Omit<WireRoomEncryption, "historyVisibility">;

/** The columns of `rooms` that an append may change. */
export interface RoomRow {
	readonly nid: number;
	readonly roomId: RoomId;
	readonly version: string;
	readonly kind: WireRoomKind;
	readonly creatorId: UserId;
	readonly createTransactionId: string | undefined;
	readonly headPosition: number;
	readonly depth: number;
	readonly stateGroupId: number | undefined;
	readonly messageCount: number;
	readonly lastMessageNid: number | undefined;
	readonly lastActivity: number;
	readonly name: string | undefined;
	readonly topic: string | undefined;
	readonly avatarUrl: string | undefined;
	readonly joinRule: string;
	readonly historyVisibility: string;
	readonly joinedCount: number;
	readonly invitedCount: number;
	readonly replacementRoomId: RoomId | undefined;
	readonly encryption: RoomEncryption | undefined;
}

/**
 * What a process remembers of a room in order to append to it. Only the append lane changes it, and only while it holds
 * the stream lock; a head whose transaction failed is thrown away.
 */
export interface RoomHead {
	row: RoomRow;
	readonly version: RoomVersion;
	extremities: readonly Extremity[];
	stateHeight: number;
	/** All present state but the members. */
	readonly state: Map<StateMapKey, StateEntry>;
	/** The members asked for so far; `undefined`: known to have no member event. */
	readonly members: Map<string, StateEntry | undefined>;
	/** Nobody else has a member event than `members` says. */
	hasAllMembers: boolean;
	/** True when somebody of another server is joined: appended events then go to the outbox. */
	hasRemoteMembers: boolean;
	/** Most members are not known yet: nobody without a member event is known to have none. */
	readonly areMembersArriving: boolean;
}

/** A stored event that a write refers to: the target of an edit, a reaction or a deletion. */
export interface TargetEvent {
	readonly nid: number;
	readonly roomNid: number;
	readonly position: number | undefined;
	readonly messageOrdinal: number;
	readonly isRedacted: boolean;
	readonly event: RoomEvent;
	/** Edits of it by the same sender that still have content; a deletion takes them along. */
	readonly editIds: readonly EventId[];
	/** The event's own relation, where it has one. */
	readonly relation: { readonly kind: string; readonly targetEventId: EventId } | undefined;
}
