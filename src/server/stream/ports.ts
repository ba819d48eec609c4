import type { UserId } from "../../../federation/identifiers/identifier-types.ts";
import type { WireEvent } from "../../shared/wire/event.ts";
import type { WireRoomEncryption, WireRoomSummary } from "../../shared/wire/room.ts";
import type { WireStreamItem } from "../../shared/wire/sync.ts";
import type { DeviceNewsStore, StreamDevice } from "./device-ports.ts";

/**
 * What processes tell each other. The bus carries pokes, the database carries facts: a poke that is lost or doubled
 * delays or repeats a read, nothing else.
 */
export type Poke =
	/** The stream has reached this position. `news` is told within the process that moved it, and saves it questions. */
	| { readonly kind: "stream"; readonly position: number; readonly news?: CommittedNews }
	/** Devices of these people have acknowledged more of the stream. */
	| { readonly kind: "acknowledged"; readonly userIds: readonly string[] }
	/** People began or stopped writing: the one thing besides presence that a poke carries whole, for it is kept nowhere. */
	| { readonly kind: "typing"; readonly changes: readonly TypingChange[] }
	/** Who is there at one process, as far as it changed or is said again. */
	| {
			readonly kind: "presence";
			readonly processId: string;
			readonly online: readonly string[];
			readonly offline: readonly string[];
	  }
	/** How people of other servers are, as those say: told whole, for it is kept nowhere. */
	| { readonly kind: "remotePresence"; readonly people: readonly RemotePresence[] }
	/** How far a join through another server has come: told whole, for it is kept nowhere. */
	| { readonly kind: "joining"; readonly news: JoiningNews }
	/** Other servers have accepted events of these rooms. */
	| { readonly kind: "delivered"; readonly roomNids: readonly number[] }
	/** Something waits for the process that speaks with other servers. */
	| { readonly kind: "federation" }
	/** One-time keys of these devices were handed out. */
	| { readonly kind: "keys"; readonly devices: readonly { readonly userId: string; readonly deviceId: string }[] }
	/** The owner has changed what this server wants to do with others. */
	| { readonly kind: "rules" }
	/** Pokes may have been missed (a reconnect): look at the database. */
	| { readonly kind: "resync" };

/** What one commit moved the stream by. */
export interface CommittedNews {
	readonly roomNids: readonly number[];
	/** Other servers for which something was queued; undefined: there may be some. */
	readonly destinations: readonly string[] | undefined;
}

/** Milliseconds since the Unix epoch. */
export interface Clock {
	now(): number;
}

/** A person who began or stopped writing in a room. */
export interface TypingChange {
	readonly roomNid: number;
	readonly roomId: string;
	readonly userId: string;
	readonly isTyping: boolean;
	/** Of another server, which says so anew less often. It was seen to be in the room. */
	readonly isRemote?: boolean | undefined;
}

/** How somebody of another server is, whom somebody here sees. */
export interface RemotePresence {
	readonly userId: string;
	readonly isOnline: boolean;
	/** When they were last there: milliseconds since the Unix epoch. Undefined: they do not say. */
	readonly seenAt: number | undefined;
}

/** How far a person's join of a room of other servers has come. */
export interface JoiningNews {
	readonly userId: string;
	/** As the person named it: an id or an address. */
	readonly room: string;
	readonly server: string;
	readonly stage: "asking" | "receiving" | "checking";
	readonly done: number;
	/** Of how many; undefined: not known yet. */
	readonly total: number | undefined;
}

/** Carries pokes between the processes that serve one database, including the one that publishes. */
export interface Bus {
	/** Returns at once and never throws; pokes that wait are put together. */
	publish(poke: Poke): void;
	/** Returns the way to stop listening. */
	subscribe(listener: (poke: Poke) => void): () => void;
	/** False while pokes of other processes cannot arrive. */
	isConnected(): boolean;
	close(): Promise<void>;
}

/** A person of a room, as fan-out needs them: everybody of this server, of others those who name the room. */
export interface AudienceMember {
	readonly userId: string;
	readonly displayName: string;
	/** `mxc://` address of their picture. */
	readonly avatarUrl: string | undefined;
	membership: "join" | "invite";
	/** Who invited them. */
	readonly invitedBy: string | undefined;
	/** nid of their newest member event: it may be a change of name alone. */
	readonly memberNid: number;
	/** How many messages the room had had when they came in. */
	readonly joinedOrdinal: number;
	readOrdinal: number;
	readPosition: number;
	/** Positions of unread mentions. */
	mentions: readonly number[];
}

/** Somebody of a room as others see them. */
export interface ShownMember {
	readonly userId: string;
	readonly displayName: string;
	/** `mxc://` address of their picture. */
	readonly avatarUrl: string | undefined;
}

/** Everybody of this server who is in a room or invited, at `asOf`. */
export interface LoadedAudience {
	readonly roomNid: number;
	readonly asOf: number;
	readonly members: readonly AudienceMember[];
}

/** A read position that moved. */
export interface MovedReceipt {
	readonly roomNid: number;
	readonly roomId: string;
	readonly userId: string;
	readonly isPublic: boolean;
	readonly position: number;
	readonly messageOrdinal: number;
	readonly ts: number;
}

/** How far the slowest devices of a room's local members have come. */
export interface DeliveredFloor {
	readonly roomNid: number;
	readonly roomId: string;
	readonly lowest: { readonly userId: string; readonly position: number };
	/** The floor without the slowest person: what that person's own messages have reached. */
	readonly second: { readonly userId: string; readonly position: number } | undefined;
}

/** What enters the stream besides events. */
export interface StreamMarks {
	readonly receipts: readonly MovedReceipt[];
	readonly accountData: readonly StoredAccountData[];
	/** People whose membership changed without an event of their own: what other servers sent was resolved that way. */
	readonly resolved: readonly { readonly roomNid: number; readonly userId: string }[];
	/** Devices to which something was sent. */
	readonly toDevice: readonly StreamDevice[];
	/** Whose devices changed, and for whom alone, where it is not for everybody who shares a room with them. */
	readonly listChanges: readonly { readonly userId: string; readonly onlyFor: string | undefined }[];
}

/** What a person's clients keep with the account, of one type. */
export interface StoredAccountData {
	readonly userId: string;
	readonly type: string;
	/** JSON of an object. */
	readonly content: string;
	readonly position: number;
}

/** Account data on the disk. */
export interface AccountDataStore {
	/** Everything of a person. */
	accountDataOf(userId: string): Promise<readonly StoredAccountData[]>;
	/** Of one type, of a person. */
	findAccountData(userId: string, type: string): Promise<StoredAccountData | undefined>;
	/** The stream's new position; undefined, and nothing changes, when the person has `maxTypes` types already. */
	setAccountData(data: Omit<StoredAccountData, "position">, maxTypes: number): Promise<number | undefined>;
}

/** Somebody whom a person sees coming and going. */
export interface Contact {
	readonly userId: string;
	readonly contactId: string;
	/** When the person, and the contact, were last there: milliseconds since the Unix epoch. */
	readonly seenAt: number | undefined;
	readonly contactSeenAt: number | undefined;
	/** One of the two tells nobody. */
	readonly isHidden: boolean;
}

/** What presence keeps on the disk. */
export interface PresenceStore {
	/**
	 * The local people in a direct chat or a small group with any of these, each pair once; `withRemote`: those of other
	 * servers too, for the local ones among these.
	 */
	contactsOf(userIds: readonly string[], withRemote: boolean): Promise<readonly Contact[]>;
	noteSeen(userIds: readonly string[], seenAt: number): Promise<void>;
	/** The room's number, when the person is in it. */
	joinedRoomNid(userId: string, roomId: string): Promise<number | undefined>;
}

/** Where the stream is followed from. */
export interface StreamSource {
	position(): Promise<number>;
	loadAudiences(roomNids: readonly number[]): Promise<readonly LoadedAudience[]>;
	/** How these people show themselves in these rooms, whether they are still there or not. */
	shownMembers(
		people: readonly { readonly roomNid: number; readonly userId: string }[],
	): Promise<readonly (ShownMember & { readonly roomNid: number })[]>;
	/** The rooms as they are now. */
	roomFacts(roomNids: readonly number[]): Promise<readonly RoomFacts[]>;
	/** What entered the stream besides events. */
	marksBetween(from: number, to: number): Promise<StreamMarks>;
}

/** Reads and writes of the stream that belong to no room. */
export interface StreamStore extends StreamSource, AccountDataStore, PresenceStore, DeviceNewsStore {
	deliveredFloors(roomNids: readonly number[]): Promise<readonly DeliveredFloor[]>;
	/** Moves devices' acknowledged positions forward; returns whose did. */
	acknowledge(
		acknowledged: readonly { readonly sessionId: string; readonly position: number }[],
	): Promise<readonly string[]>;
}

/** A room as the chat list shows it to anybody in it. */
export interface RoomFacts {
	readonly roomNid: number;
	readonly roomId: string;
	readonly kind: WireRoomSummary["kind"];
	readonly name: string | undefined;
	readonly topic: string | undefined;
	readonly avatarUrl: string | undefined;
	readonly joinedCount: number;
	readonly invitedCount: number;
	/** How many ask to be let in, counted up to 100. */
	readonly knockCount: number;
	readonly lastActivity: number;
	/** The newest change of any sort: of two readings, the one with the higher position is the newer. */
	readonly headPosition: number;
	readonly lastMessageNid: number | undefined;
	readonly messageCount: number;
	/** False: everybody in the room may see all of it. */
	readonly hasBounds: boolean;
	readonly replacementRoomId: string | undefined;
	readonly encryption: WireRoomEncryption | undefined;
}

/** An event that entered the stream, for everybody it concerns. */
export interface StreamRecord {
	readonly position: number;
	readonly roomNid: number;
	readonly roomId: string;
	readonly type: string;
	readonly sender: string;
	readonly stateKey: string | undefined;
	readonly messageOrdinal: number;
	/** True for an edit or a deletion: an earlier event no longer reads as it did. */
	readonly isRevision: boolean;
	/** True for what counts as unread. */
	readonly isMessage: boolean;
	/** Whom the event mentions; `*` is everyone. */
	readonly mentions: readonly string[];
	/** The event as one reader sees it. */
	toWire(viewerId: string): WireEvent;
}

/** What one person missed, or begins with. */
export interface StreamReads {
	/** Everything that entered the stream after `from` up to `to`, for all rooms, in order. */
	recordsBetween(from: number, to: number): Promise<readonly StreamRecord[]>;
	/** Of each room, who may let in those who ask. */
	doorkeepers(roomNids: readonly number[]): Promise<ReadonlyMap<number, (userId: string) => boolean>>;
	/** Messages as they read now: with the newest edit, or deleted. */
	lastMessages(nids: readonly number[]): Promise<readonly StreamRecord[]>;
	window(viewerId: UserId, options: WindowOptions): Promise<Extract<WireStreamItem, { kind: "start" }>>;
	/** What changed between two positions; a `start` when that is too much. */
	changes(
		viewerId: UserId,
		range: { readonly from: number; readonly to: number; readonly timelineLimit: number },
	): Promise<WireStreamItem>;
}

export interface WindowOptions {
	readonly windowSize: number;
	readonly timelineLimit: number;
	/** Nothing newer than this position. */
	readonly upTo: number;
}

/** The log lines that this area writes. */
export interface StreamLog {
	warn(fields: Record<string, unknown>, message: string): void;
}
