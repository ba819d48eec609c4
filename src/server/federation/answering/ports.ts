import type {
	EventId,
	RoomAlias,
	RoomId,
	ServerName,
	UserId,
} from "../../../../federation/identifiers/identifier-types.ts";
import type { JsonObject } from "../../../../federation/json/json-value.ts";
import type { RoomVersion } from "../../../../federation/room-versions/room-version.ts";

/** A room, as far as it concerns a server that asks about it. */
export interface AskedRoom {
	readonly roomId: RoomId;
	readonly nid: number;
	readonly version: RoomVersion;
	/** Somebody of that server is in it. */
	readonly isInside: boolean;
	/** The content of the room's access list; undefined: it has none. */
	readonly acl: JsonObject | undefined;
	/** Most of its members are not known yet, nor its state. */
	readonly areMembersArriving: boolean;
	/** False: nothing was ever hidden from servers that are in the room. */
	readonly mayHide: boolean;
}

/** What a server could see by a state. */
export interface ServerSight {
	/** `history_visibility` as it stands there; undefined: not set. */
	readonly visibility: string | undefined;
	/** The memberships of its people, each once. */
	readonly memberships: ReadonlySet<string>;
}

/** From which events back, and how far. */
export interface BackwardWalk {
	readonly roomNid: number;
	/** Unknown ones are left out. */
	readonly from: readonly EventId[];
	/** Where the walk does not go on. */
	readonly except: readonly EventId[];
	readonly minDepth: number;
	/** At most so many, those it begins with included. */
	readonly limit: number;
}

/** A room that anybody may join. */
export interface ListedRoom {
	readonly roomNid: number;
	readonly summary: RoomSummary;
}

/** What a room shows of itself to those who are not in it. */
export interface RoomSummary {
	readonly roomId: RoomId;
	readonly version: string;
	readonly name: string | undefined;
	readonly topic: string | undefined;
	readonly avatarUrl: string | undefined;
	readonly joinedCount: number;
	readonly joinRule: string;
	readonly isWorldReadable: boolean;
	/** The content of its present state, by type; of empty state keys. */
	readonly state: ReadonlyMap<string, JsonObject>;
}

/** A summary with what decides whether a server may know of the room. */
export interface AskedSummary extends RoomSummary {
	/** Somebody of the server is in it or invited. */
	readonly isInside: boolean;
}

/** A link from a space to a room in it. */
export interface SpaceChild {
	readonly roomId: string;
	readonly sender: UserId;
	readonly content: JsonObject;
	readonly originServerTs: number;
}

/** Which rooms of the directory are wanted. */
export interface ListedSearch {
	readonly serverName: ServerName;
	readonly text: string;
	/** The last room of the page before. */
	readonly after: { readonly joinedCount: number; readonly roomNid: number } | undefined;
	readonly limit: number;
}

/** Reads for other servers, each of one statement. */
export interface AnsweringStore {
	/** undefined: this server has no such room. */
	askedRoom(roomId: RoomId, server: ServerName): Promise<AskedRoom | undefined>;
	/** What the server could see by the state of each group. */
	sightsOf(room: AskedRoom, server: ServerName, groupIds: readonly number[]): Promise<ReadonlyMap<number, ServerSight>>;
	/** Event ids along `prev_events`, the nearest first; rejected events are passed and left out. */
	walkBack(walk: BackwardWalk): Promise<readonly EventId[]>;
	/** The ancestors of these state events by `auth_events`. */
	authChainOf(nids: readonly number[]): Promise<readonly { readonly nid: number; readonly eventId: EventId }[]>;
	/** The events as JSON texts, in any order. */
	textsOf(nids: readonly number[]): Promise<readonly string[]>;
	/** The accepted event nearest to a time, at or after it (`f`), at or before it (`b`). */
	closestEvent(
		roomNid: number,
		ts: number,
		direction: "f" | "b",
	): Promise<{ readonly eventId: EventId; readonly originServerTs: number } | undefined>;
	/** The room behind an alias of this server, with whether the asking server has somebody in it or invited. */
	aliasTarget(
		alias: RoomAlias,
		server: ServerName,
	): Promise<{ readonly roomId: RoomId; readonly joinRule: string; readonly isInside: boolean } | undefined>;
	/** Other servers with people in the room, those with the most first. */
	serversIn(roomId: RoomId, limit: number): Promise<readonly ServerName[]>;
	/** Rooms of this server that anybody may join, those with the most people first. */
	listedRooms(search: ListedSearch): Promise<readonly ListedRoom[]>;
	countListedRooms(search: Pick<ListedSearch, "serverName" | "text">): Promise<number>;
	/** Those of the rooms that this server has. */
	summariesOf(roomIds: readonly RoomId[], server: ServerName): Promise<readonly AskedSummary[]>;
	/** Those of the rooms that somebody of the server is in. */
	roomsWith(roomIds: readonly RoomId[], server: ServerName): Promise<ReadonlySet<RoomId>>;
	/** A room's present links to rooms in it. */
	childrenOf(roomId: RoomId): Promise<readonly SpaceChild[]>;
}
