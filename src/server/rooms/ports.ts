import type { AuthState } from "../../../federation/authorization/auth-state.ts";
import type {
	EventId,
	RoomAlias,
	RoomId,
	ServerName,
	UserId,
} from "../../../federation/identifiers/identifier-types.ts";
import type { JsonObject } from "../../../federation/json/json-value.ts";
import type { RoomVersion } from "../../../federation/room-versions/room-version.ts";
import type { WireJoinRule, WireMembership } from "../../shared/wire/room.ts";
import type { Extremity, RoomHead, StateEntry, TargetEvent } from "./append/room-head.ts";
import type { RowBatch } from "./append/row-batch.ts";
import type { RoomGraph } from "./graph-ports.ts";

/** The answer an earlier attempt under the same transaction id was given. */
export interface EarlierEvent {
	readonly roomNid: number;
	readonly sender: string;
	readonly transactionId: string;
	readonly eventId: EventId;
	readonly position: number;
	readonly originServerTs: number;
}

/** One open transaction that holds the stream lock: nobody else appends until it ends. */
export interface AppendTransaction {
	/** The stream's position before this transaction. */
	readonly position: number;
	readonly graph: RoomGraph;
	/** The stored head position of each room, to see whether a remembered head is still the newest. */
	headPositions(roomNids: readonly number[]): Promise<ReadonlyMap<number, number>>;
	loadHeads(roomIds: readonly RoomId[]): Promise<readonly RoomHead[]>;
	/** What of the rooms' heads is no state, for who reads that otherwise. */
	loadRows(roomIds: readonly RoomId[]): Promise<readonly Pick<RoomHead, "row" | "stateHeight">[]>;
	loadMembers(head: RoomHead, userIds: readonly UserId[] | "all"): Promise<readonly StateEntry[]>;
	loadTargets(eventIds: readonly EventId[]): Promise<readonly TargetEvent[]>;
	findEarlierEvents(
		keys: readonly { readonly roomNid: number; readonly sender: string; readonly transactionId: string }[],
	): Promise<readonly EarlierEvent[]>;
	findEarlierRoom(creatorId: UserId, transactionId: string): Promise<RoomId | undefined>;
	/** A direct room that the first is in and the other is in or invited to. */
	findDirectRoom(userId: UserId, otherId: UserId): Promise<RoomId | undefined>;
	findAliases(aliases: readonly string[]): Promise<ReadonlyMap<string, RoomId>>;
	/** Whether this person already reacted to the target with the key: the reaction that stands. */
	findReaction(targetEventId: EventId, sender: UserId, key: string): Promise<EarlierEvent | undefined>;
	/** Whose these files are, of those that are there. They stay at least until the transaction ends. */
	holdFiles(mediaIds: readonly string[]): Promise<ReadonlyMap<string, UserId>>;
	/** Reserves numbers for new rooms. */
	reserveRoomNids(count: number): Promise<readonly number[]>;
	write(batch: RowBatch): Promise<void>;
}

/** The durable side of the append path. */
export interface AppendStore {
	/**
	 * Runs `work` in one transaction under the stream lock and commits. Throws AppError `unavailable` when the database
	 * cannot be reached, `storage-full` when it has no room; then nothing was written, or (a connection lost during the
	 * commit) a retry under the same transaction id finds what was.
	 */
	withStreamLock<T>(work: (transaction: AppendTransaction) => Promise<T>): Promise<T>;
	/**
	 * Stores a batch of message events in one statement, if the stream still stands where the batch begins and none of
	 * its transaction ids was used before; else undefined, and nothing is stored. Throws as `withStreamLock` does.
	 */
	appendIfUnmoved(batch: RowBatch): Promise<Appended | undefined>;
}

/** What storing a batch did besides. */
export interface Appended {
	/** Other servers for which events were queued; undefined: more than are named. */
	readonly destinations: readonly string[] | undefined;
}

/** Whether all members of a room are known, and if not, what is done about it. */
export type MemberList =
	| { readonly kind: "complete" }
	| {
			readonly kind: "arriving";
			/** How many are known. */
			readonly known: number;
			/** Why they were not given the last time they were asked for, in plain words. */
			readonly lastError: string | undefined;
	  };

/** A room's state as it was when it was read. */
export interface RoomSnapshot {
	readonly roomNid: number;
	readonly version: RoomVersion;
	readonly state: AuthState;
	/** Events that nothing refers to yet. */
	readonly ends: readonly Extremity[];
	/** The list of members is not whole: most are not known yet. */
	readonly areMembersArriving: boolean;
	/** Its messages are encrypted: that never ends. */
	readonly isEncrypted: boolean;
}

/** How a person wants to be shown. */
export interface Profile {
	readonly displayName: string;
	/** `mxc://server/id` */
	readonly avatarUrl: string | undefined;
}

/** A room as it shows itself to people who are not in it. */
export interface PublicRoom {
	readonly roomNid: number;
	readonly roomId: RoomId;
	readonly name: string | undefined;
	readonly topic: string | undefined;
	readonly avatarUrl: string | undefined;
	readonly alias: RoomAlias | undefined;
	readonly joinedCount: number;
	readonly joinRule: WireJoinRule;
	/** A room that gathers others. */
	readonly isSpace: boolean;
	/** What the viewer is to it; undefined: they never were in it. */
	readonly membership: WireMembership | undefined;
}

/** A room as it shows itself before one joins it; what nobody told is undefined. */
export interface RoomPreview {
	readonly roomId: RoomId;
	readonly name: string | undefined;
	readonly topic: string | undefined;
	readonly avatarUrl: string | undefined;
	readonly alias: RoomAlias | undefined;
	readonly joinedCount: number | undefined;
	readonly joinRule: WireJoinRule | undefined;
	readonly isSpace: boolean;
	readonly membership: WireMembership | undefined;
	/** Servers through which it can be joined; none: it is here. */
	readonly via: readonly ServerName[];
}

/** A room in a space, or the space itself. */
export interface SpaceRoom extends RoomPreview {
	/** How many links lead from the space that was asked for to it: 0 for that one. */
	readonly depth: number;
	/** The space whose link leads to it; undefined: it was asked for. */
	readonly parentId: RoomId | undefined;
	/** Whoever looks after that space recommends it. */
	readonly isSuggested: boolean;
}

/** A part of what is in a space. */
export interface SpacePage {
	readonly items: readonly SpaceRoom[];
	/** Where the next page begins; undefined: this was the last. */
	readonly nextOffset: number | undefined;
	/** So many rooms are on servers that did not answer. */
	readonly unreachedCount: number;
}

export interface SpaceQuery {
	readonly userId: UserId;
	readonly roomId: RoomId;
	/** Servers to ask, where the space is elsewhere. */
	readonly via: readonly ServerName[];
	readonly isSuggestedOnly: boolean;
	/** How many links may lead from the space to a room. */
	readonly maxDepth: number;
	/** How many rooms come before this page. */
	readonly offset: number;
	readonly limit: number;
}

/** Which public rooms of another server are wanted. */
export interface PublicRoomsElsewhereQuery {
	readonly userId: UserId;
	readonly server: ServerName;
	readonly text: string;
	/** What that server gave with the page before. */
	readonly cursor?: string | undefined;
	readonly limit: number;
}

export interface PublicRoomSearch {
	readonly viewerId: UserId;
	readonly text: string;
	/** The last room of the page before. */
	readonly after: { readonly joinedCount: number; readonly roomNid: number } | undefined;
	readonly limit: number;
}

/** An upgraded room whose people are still being taken over. */
export interface PendingMove {
	readonly oldRoomId: RoomId;
	readonly newRoomId: RoomId;
	/** Who upgraded: invites the others. */
	readonly userId: UserId;
}

/** Reads outside the append path. */
export interface RoomDirectory {
	roomIdOfAlias(alias: string): Promise<RoomId | undefined>;
	/** Rooms that may be joined without an invitation, by their number of people; not those that banned the viewer. */
	searchPublicRooms(search: PublicRoomSearch): Promise<readonly PublicRoom[]>;
	/** The room behind an alias where the viewer may join it, or is in it or invited. */
	publicRoomOfAlias(alias: RoomAlias, viewerId: UserId): Promise<PublicRoom | undefined>;
	/** The room where the viewer may join it or ask to, or is in it or invited. */
	shownRoom(roomId: RoomId, viewerId: UserId): Promise<PublicRoom | undefined>;
	aliasesOf(roomId: RoomId): Promise<readonly string[]>;
	/** Upgrades that still have people to take over: of this old room, or all. */
	pendingMoves(oldRoomId?: RoomId): Promise<readonly PendingMove[]>;
	/** A direct room both are in or invited to, where there is one. */
	directRoomOf(userId: UserId, otherId: UserId): Promise<RoomId | undefined>;
	/** The rooms in which the person's membership is one of these. */
	roomsOf(userId: UserId, memberships: readonly ("join" | "invite" | "knock")[]): Promise<readonly RoomId[]>;
	/** The people of this server who are in a room, invited or waiting to be let in, those first who are in it. */
	localPeopleOf(roomId: RoomId): Promise<readonly UserId[]>;
	/** How local people want to be shown; a missing entry: no such account, or disabled. */
	profilesOf(userIds: readonly UserId[]): Promise<ReadonlyMap<UserId, Profile>>;
	/**
	 * True where only other servers are in the room: it is known by an invitation, or everybody here has left it. Undefined:
	 * not known at all.
	 */
	isElsewhere(roomId: RoomId): Promise<boolean | undefined>;
	/** Which of these people want no invitation of that one. */
	whoBlocks(senderId: UserId, userIds: readonly UserId[]): Promise<readonly UserId[]>;
	/** How whole the list of the room's members is; undefined: no such room. What is for every member waits until it is. */
	memberList(roomId: RoomId): Promise<MemberList | undefined>;
	/** The room's present state with the memberships of these people; undefined: no such room. */
	snapshot(roomId: RoomId, userIds: readonly UserId[]): Promise<RoomSnapshot | undefined>;
}

/** What is done in rooms together with other servers. Each throws the codes of a server that cannot be asked or refuses. */
export interface RemoteRooms {
	/** Servers with somebody in the room, this one among them. */
	serversIn(roomId: RoomId): Promise<readonly ServerName[]>;
	/** How somebody of another server wants to be shown. Throws `user-unknown`. */
	profileOf(userId: UserId): Promise<Profile>;
	/** Invites somebody of another server, with that server's consent; being invited already is success. */
	invite(input: {
		readonly userId: UserId;
		readonly roomId: RoomId;
		readonly targetId: UserId;
		readonly content: JsonObject;
	}): Promise<void>;
	/** Joins a room that is elsewhere. `here`: it turned out to be here, to be joined as any other. */
	join(input: {
		readonly userId: UserId;
		readonly room: RoomId | RoomAlias;
		readonly via: readonly ServerName[];
		readonly shown: JsonObject;
	}): Promise<{ readonly kind: "joined" | "here"; readonly roomId: RoomId }>;
	/** Joins a restricted room that is here without an invitation, where one of the rooms that open it lets the person in. */
	joinRestricted(input: {
		readonly userId: UserId;
		readonly roomId: RoomId;
		readonly shown: JsonObject;
	}): Promise<void>;
	/** What a room elsewhere shows of itself before one joins. */
	preview(input: {
		readonly userId: UserId;
		readonly room: RoomId | RoomAlias;
		readonly via: readonly ServerName[];
	}): Promise<RoomPreview>;
	/** What another server lists of its public rooms. */
	findPublic(
		query: PublicRoomsElsewhereQuery,
	): Promise<{ readonly items: readonly RoomPreview[]; readonly nextCursor?: string }>;
	/** A space and what is in it, as far as the person may see it, here and elsewhere. Throws `not-found`. */
	walkSpace(query: SpaceQuery): Promise<SpacePage>;
	/** Asks to be let into a room that is elsewhere. `here`: it turned out to be here. */
	knock(input: {
		readonly userId: UserId;
		readonly room: RoomId | RoomAlias;
		readonly via: readonly ServerName[];
		/** What the event says besides the membership: name, picture, reason. */
		readonly content: JsonObject;
	}): Promise<{ readonly kind: "knocked" | "here"; readonly roomId: RoomId }>;
	/**
	 * Turns down an invitation to a room that is elsewhere, takes back that somebody asks to join it, or puts away that they
	 * were refused, wherever the room is; false: there is none of these.
	 */
	leave(input: {
		readonly userId: UserId;
		readonly roomId: RoomId;
		readonly reason: string | undefined;
	}): Promise<boolean>;
}

/** Milliseconds since the Unix epoch. */
export interface Clock {
	now(): number;
}
