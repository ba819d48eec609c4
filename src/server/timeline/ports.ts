import type { RoomEvent } from "../../../federation/events/room-event.ts";
import type { EventId, RoomId, UserId } from "../../../federation/identifiers/identifier-types.ts";
import type { RoomVersion } from "../../../federation/room-versions/room-version.ts";
import type { WireMembership, WireRoomEncryption, WireRoomKind } from "../../shared/wire/room.ts";
import type { PositionRange, VisibilityMark } from "./visible-ranges.ts";

export type RelationKind = "reply" | "reaction" | "edit" | "redaction" | "reference";

import type { WirePrivacy } from "../../shared/wire/privacy.ts";

/** What the area stands on. */
export interface TimelineOptions {
	readonly store: TimelineStore;
	/** What a person lets others know. */
	privacyOf(userId: UserId): Promise<WirePrivacy>;
}

/** An event as it is stored, without anything that depends on who reads it. */
export interface TimelineRecord {
	readonly nid: number;
	readonly roomNid: number;
	readonly roomId: RoomId;
	readonly eventId: EventId;
	readonly type: string;
	readonly stateKey: string | undefined;
	readonly sender: UserId;
	/** Place in the stream; negative: history fetched later. */
	readonly position: number;
	readonly originServerTs: number;
	/** How many countable messages the room had had after it. */
	readonly messageOrdinal: number;
	/** As sent; of a redacted event what redaction keeps. */
	readonly content: Readonly<Record<string, unknown>>;
	/** Of a member event: the content of the one before it, of the same person. */
	readonly previousContent?: Readonly<Record<string, unknown>> | undefined;
	/** The sender's own transaction id: for their eyes only. */
	readonly transactionId: string | undefined;
	readonly redactedBy: UserId | undefined;
	readonly relation: { readonly kind: RelationKind; readonly eventId: EventId } | undefined;
	/** Whether others refer to it; false spares looking for them. */
	readonly hasEdits: boolean;
	readonly hasReactions: boolean;
}

/** A range of one room. */
export interface RoomRange extends PositionRange {
	readonly roomNid: number;
}

/** One row of somebody's chat list, with what only that person's row has. */
export interface ViewedRoom {
	readonly viewerId: UserId;
	readonly roomNid: number;
	readonly roomId: RoomId;
	readonly kind: WireRoomKind;
	readonly name: string | undefined;
	readonly topic: string | undefined;
	readonly avatarUrl: string | undefined;
	readonly joinedCount: number;
	readonly invitedCount: number;
	readonly replacementRoomId: RoomId | undefined;
	readonly encryption: WireRoomEncryption | undefined;
	readonly lastMessageNid: number | undefined;
	readonly membership: WireMembership;
	/** Who sent the viewer's member event: of an invitation, the inviter. */
	readonly membershipSender: UserId;
	/** Position of the viewer's newest member event. */
	readonly membershipPosition: number;
	readonly isForgotten: boolean;
	/** They asked to join, and were refused. */
	readonly wasRefused: boolean;
	/** Sorts the chat list: the newest activity, of an invitation its own position. Unique. */
	readonly lastPosition: number;
	readonly unreadCount: number;
	readonly mentionCount: number;
	readonly readPosition: number | undefined;
	/** Position at which what had been shown of the room ceased to hold. */
	readonly renewedAt: number;
	/** How many ask to be let in, counted up to 100. */
	readonly knockCount: number;
	readonly heroes: readonly Hero[];
	/** False: everything in the room is visible to this viewer, and its marks need not be read. */
	readonly hasBounds: boolean;
}

export interface Hero {
	readonly userId: UserId;
	readonly displayName: string | undefined;
	readonly avatarUrl: string | undefined;
	readonly membership: string;
}

/** Somebody's access to one room. */
export interface RoomAccess {
	readonly viewerId: UserId;
	readonly roomNid: number;
	/** `undefined`: never had a member event. */
	readonly membership: WireMembership | undefined;
	readonly isForgotten: boolean;
	readonly hasBounds: boolean;
}

/** A mark of one viewer in one room. */
export interface ViewerMark extends VisibilityMark {
	readonly viewerId: UserId;
	readonly roomNid: number;
}

/** An edit that has content, of a message by the same sender. */
export interface EditCandidate {
	readonly targetEventId: EventId;
	readonly eventId: EventId;
	/** Of one that is encrypted, only its readers can tell whether it holds. */
	readonly isEncrypted: boolean;
	readonly roomNid: number;
	readonly position: number;
	readonly originServerTs: number;
	readonly content: Readonly<Record<string, unknown>>;
}

/** People who reacted to one event with one key. */
export interface ReactionTally {
	readonly targetEventId: EventId;
	readonly key: string;
	readonly count: number;
	readonly ownEventId: EventId | undefined;
}

/** A walk along several ranges, each on its own. */
export interface WalkQuery {
	readonly ranges: readonly RoomRange[];
	/** `backwards`: the newest of each range, newest first; `forwards`: the oldest, oldest first. */
	readonly direction: "backwards" | "forwards";
	/** At most so many events of each range. */
	readonly limit: number;
	/** `rows`: without edits, reactions and redactions; `all`: every event. */
	readonly events: "rows" | "all";
	/** How many events of a range are looked at to find `limit` of them. */
	readonly scanLimit: number;
}

/** What a walk along one range found. */
export interface RangeWalk {
	readonly range: RoomRange;
	/** In the order of the walk. */
	readonly records: readonly TimelineRecord[];
	/** Where the walk ended because it had looked at `scanLimit` events. */
	readonly stoppedAt: number | undefined;
}

/** How far somebody has read, as others may see it. */
export interface ReadReceipt {
	readonly roomNid: number;
	readonly userId: UserId;
	readonly position: number;
	readonly ts: number;
	readonly isPublic: boolean;
}

export interface RoomMember {
	readonly userId: UserId;
	readonly displayName: string | undefined;
	readonly avatarUrl: string | undefined;
	readonly membership: WireMembership;
}

/** Which members of a room are wanted. */
export interface MembersFilter {
	readonly after: string;
	readonly limit: number;
	/** A part of the name or the beginning of the id; empty: everybody. */
	readonly text: string;
	readonly membership: WireMembership | undefined;
	/** Left out: they were given already. */
	readonly exceptUserIds: readonly string[];
}

/** Whom to look at for one event. */
export interface ReadersLookup {
	readonly position: number;
	readonly without: readonly UserId[];
	readonly limit: number;
}

/** A member and one event. */
export interface EventReader {
	readonly userId: UserId;
	readonly displayName: string | undefined;
	/** Their public receipt, if it stands at the event or behind it. */
	readonly read: { readonly position: number; readonly ts: number } | undefined;
	/** True: a device of theirs has acknowledged the stream as far as the event. */
	readonly isDelivered: boolean;
}

/** Another server that does not have an event yet. */
export interface WaitedServer {
	readonly serverName: string;
	/** Since when it is not reached; undefined: it is about to get it. */
	readonly failingSince: number | undefined;
}

/** A message and where it stands. */
export interface TimedMessage {
	readonly eventId: EventId;
	readonly position: number;
}

/** The state that roles are read from. */
export interface RoleState {
	readonly version: RoomVersion;
	readonly events: readonly RoomEvent[];
}

/** Reads of rooms: one statement a method, none changes anything. Throws AppError `unavailable`. */
export interface TimelineStore {
	/** The stream's position now. */
	readHead(): Promise<number>;
	/** The chat list below `before`: rooms that they are in, invited to or ask to join, by `lastPosition` descending. */
	listRooms(
		viewerId: UserId,
		page: { readonly before: number; readonly limit: number },
	): Promise<readonly ViewedRoom[]>;
	/** The rows of these people in these rooms, whatever their membership, by `lastPosition` descending. */
	findRooms(viewerIds: readonly UserId[], roomNids: readonly number[]): Promise<readonly ViewedRoom[]>;
	/** Rooms that changed for the viewer after a position, memberships that ended included; at most `limit`, newest first. */
	findChangedRooms(viewerId: UserId, after: number, limit: number): Promise<readonly ViewedRoom[]>;
	findAccess(viewerId: UserId, roomId: RoomId): Promise<RoomAccess | undefined>;
	/** All marks of each pair, in stream order. */
	readMarks(pairs: readonly { readonly viewerId: UserId; readonly roomNid: number }[]): Promise<readonly ViewerMark[]>;
	/** One walk per range, in the order of the ranges. */
	walkRanges(query: WalkQuery): Promise<readonly RangeWalk[]>;
	readEventsByNid(nids: readonly number[]): Promise<readonly TimelineRecord[]>;
	/** Messages by the time that their senders claim: from `ts` on, the earliest first, and before it, the latest first. */
	messagesAround(
		roomNid: number,
		query: { readonly ts: number; readonly limit: number },
	): Promise<{ readonly after: readonly TimedMessage[]; readonly before: readonly TimedMessage[] }>;
	findEvent(roomNid: number, eventId: EventId): Promise<TimelineRecord | undefined>;
	/** The newest edits of each event, at most 8 each. */
	readEdits(targets: readonly TimelineRecord[]): Promise<readonly EditCandidate[]>;
	/** Reactions inside the ranges, by target and then by age of the key. */
	readReactions(
		viewerId: UserId,
		targets: readonly TimelineRecord[],
		ranges: readonly RoomRange[],
	): Promise<readonly ReactionTally[]>;
	/** The events of all rooms with `from < position <= to`, in stream order. */
	readStream(from: number, to: number): Promise<readonly TimelineRecord[]>;
	/** Receipts that moved in rooms the viewer is in: public ones and the viewer's own; at most `limit`. */
	findMovedReceipts(
		viewerId: UserId,
		span: { readonly from: number; readonly to: number; readonly limit: number },
	): Promise<readonly ReadReceipt[]>;
	/** Public receipts of joined members, the 200 newest of each room. */
	readReceipts(roomNids: readonly number[]): Promise<readonly ReadReceipt[]>;
	/** The position that every joined local member but the viewer has acknowledged; no entry: there is nobody else. */
	readDelivered(roomNids: readonly number[], viewerId: UserId): Promise<ReadonlyMap<number, number>>;
	/** How far joined members have come with an event, those who have read it first, then by user id. */
	readReaders(roomNid: number, query: ReadersLookup): Promise<readonly EventReader[]>;
	/** Servers for which the event at that position waits. */
	serversWithout(
		roomNid: number,
		query: { readonly position: number; readonly limit: number },
	): Promise<readonly WaitedServer[]>;
	/** Members who are in, invited, knocking or banned, by user id after `after`. */
	listMembers(roomNid: number, page: MembersFilter): Promise<readonly RoomMember[]>;
	/** These of them. */
	findMembers(roomNid: number, userIds: readonly string[]): Promise<readonly RoomMember[]>;
	readRoleState(roomNid: number): Promise<RoleState>;
}
