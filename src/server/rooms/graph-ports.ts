import type { StateMapKey } from "../../../federation/events/state-key.ts";
import type { EventId, RoomId, UserId } from "../../../federation/identifiers/identifier-types.ts";
import type { StoredEvent } from "../../../federation/ports/event-store.ts";
import type { RoomVersion } from "../../../federation/room-versions/room-version.ts";
import type { AuthChainIndex } from "../../../federation/state-resolution/auth-chain-index.ts";
import type { RoomEnds } from "./room-ends.ts";

/** An event with its place in the database. */
export interface GraphEvent extends StoredEvent {
	readonly nid: number;
	readonly roomNid: number;
	/** undefined: an outlier, known only as an ancestor. */
	readonly position: number | undefined;
	/** The state after it; undefined: not known. */
	readonly stateGroupId: number | undefined;
	/** A redaction took its content away. */
	readonly isRedacted: boolean;
}

/** A piece of a state. */
export interface StatePlace {
	readonly nid: number;
	readonly eventId: EventId;
}

/** A state, or the part of it that was asked for. */
export type PlacedState = ReadonlyMap<StateMapKey, StatePlace>;

/** Where a state event stands in the chain cover of the auth graph, and what its chain is the history of. */
export interface PlacedInChain {
	readonly chainId: number;
	readonly sequence: number;
	readonly isTail: boolean;
	readonly key: StateMapKey;
}

/** A room that this server has. */
export interface StoredRoom {
	readonly nid: number;
	readonly version: RoomVersion;
	/** Its states lack memberships, which are still arriving. */
	readonly areMembersArriving: boolean;
	/** Its present state has an event that names a policy server. */
	readonly namesPolicyServer: boolean;
}

/** Reads of the rooms' event graphs, each one statement. In a transaction they see what it wrote. */
export interface RoomGraph {
	/** The room; undefined: this server does not have it. */
	room(roomId: RoomId): Promise<StoredRoom | undefined>;
	/** Whether somebody of this server is in it. */
	isHere(roomNid: number): Promise<boolean>;
	/** Those of the events that are stored. */
	find(eventIds: readonly EventId[]): Promise<ReadonlyMap<EventId, GraphEvent>>;
	/** The state of a group: all of it, or what is set of some keys. */
	stateOf(groupId: number, keys?: readonly StateMapKey[]): Promise<PlacedState>;
	/**
	 * What these events of a room set as a state, without those that were refused; an event that is not stored sets nothing.
	 * `lacking`: those that are not stored.
	 */
	stateOfEvents(
		roomNid: number,
		eventIds: readonly EventId[],
	): Promise<{ readonly state: PlacedState; readonly lacking: readonly EventId[] }>;
	/** How far each group is from the beginning of its deltas. */
	heightsOf(groupIds: readonly number[]): Promise<ReadonlyMap<number, number>>;
	/** The room's present state: all of it, or what is set of some keys. */
	currentState(roomId: RoomId, keys?: readonly StateMapKey[]): Promise<PlacedState>;
	/** The room's forward extremities, with the states after them. */
	ends(roomNid: number): Promise<RoomEnds>;
	/** Whether it has any. */
	hasEnds(roomNid: number): Promise<boolean>;
	chainPlaces(eventIds: readonly EventId[]): Promise<ReadonlyMap<EventId, PlacedInChain>>;
	/** The whole chain cover of the room's auth graph. */
	authChains(roomNid: number): Promise<AuthChainIndex>;
	/** Stored events that name this one, which is not stored, as a previous event. */
	waitingFor(
		roomNid: number,
		eventId: EventId,
	): Promise<readonly { readonly nid: number; readonly isAccepted: boolean }[]>;
	/** What events that were not accepted name, and what is named by those of it that were not either; of very many not all. */
	beforeUnaccepted(nids: readonly number[]): Promise<readonly number[]>;
	/** Whether an accepted event comes after events that were not accepted, at once or after others of that sort. */
	isUnacceptedFollowed(nids: readonly number[]): Promise<boolean>;
	/**
	 * The ends of the graph where this event would not count: what it comes after, looking through what was not accepted, and
	 * what nothing else accepted comes after in the same way.
	 */
	endsBehind(nid: number): Promise<readonly number[]>;
	/** Those of the events, which are not stored, that a stored one names as a previous event or redacts. */
	awaited(events: readonly { readonly roomNid: number; readonly eventId: EventId }[]): Promise<ReadonlySet<EventId>>;
	/** Accepted redactions that name the event. */
	redactionsOf(eventId: EventId): Promise<readonly GraphEvent[]>;
	/** Who counts as in the room, or invited, without a member event of the present state that says so. */
	rumouredMembers(roomNid: number): Promise<readonly UserId[]>;
	/** Numbers for what has no place in the stream, each lower than all before. */
	reserveAsideNids(count: number): Promise<readonly number[]>;
}
