import type { ServerName } from "../../../../federation/identifiers/identifier-types.ts";
import type { EndsRows } from "./ends-rows.ts";
import type { EventRow } from "./event-row.ts";
import type { ReceivedRows } from "./received-rows.ts";
import type { RoomRow } from "./room-head.ts";

/** A row of `state_groups`; `level` says how many heights its delta spans (16^level). See state-group-shape.ts. */
export interface StateGroupRow {
	readonly id: number;
	readonly roomNid: number;
	readonly previousId: number | undefined;
	readonly height: number;
	readonly level: number;
	/** What is set in it besides what the previous group says. */
	readonly eventNids: readonly number[];
}

export interface CurrentStateRow {
	readonly roomNid: number;
	readonly type: string;
	readonly stateKey: string;
	readonly eventNid: number;
}

export interface MembershipRow {
	readonly roomNid: number;
	readonly userId: string;
	readonly membership: string;
	readonly sender: string;
	readonly eventNid: number;
	readonly displayName: string | undefined;
	readonly avatarUrl: string | undefined;
	readonly isLocal: boolean;
	/** Set when the membership becomes `join`; undefined keeps what is stored. */
	readonly joinedOrdinal: number | undefined;
	/** Of a knock: the server through which it was made; undefined: this one. */
	readonly askedThrough?: string;
}

export interface ReceiptRow {
	readonly roomNid: number;
	readonly userId: string;
	readonly isPublic: boolean;
	readonly position: number;
	readonly messageOrdinal: number;
	readonly ts: number;
	/** undefined: moved by the person's own message, which is in the stream already. */
	readonly streamPosition: number | undefined;
}

export interface RelationRow {
	readonly eventNid: number;
	readonly targetEventId: string;
	readonly kind: string;
	readonly key: string | undefined;
	readonly sender: string;
}

/** Content taken away by a redaction. */
export interface RedactionRow {
	readonly targetNid: number;
	readonly redactedByNid: number;
	readonly json: string;
}

/** A file of this server to which an event refers. */
export interface FileUseRow {
	readonly mediaId: string;
	readonly eventNid: number;
}

/** An event that the other servers in the room must get: those with somebody in it before the event, or by it. */
export interface OutboxRow {
	readonly roomNid: number;
	readonly eventNid: number;
	/** The server that handed the event to this one, and has it. */
	readonly handedBy?: ServerName;
}

/** A membership of somebody of another server that an event of the batch sets. */
export interface RemoteChangeRow {
	readonly roomNid: number;
	readonly eventNid: number;
	readonly userId: string;
	readonly membership: string;
}

/** Everything one transaction writes. Rows of one array go into one statement. */
export interface RowBatch {
	/** The stream's head before the batch. */
	readonly from: number;
	/** The stream's head after the batch. */
	position: number;
	readonly newRooms: Set<number>;
	/** Rooms touched, by nid; their newest row. */
	readonly rooms: Map<number, RoomRow>;
	readonly events: EventRow[];
	readonly edges: { readonly eventNid: number; readonly prevEventNid: number }[];
	/** Per room: how its forward extremities change. */
	readonly ends: Map<number, EndsRows>;
	readonly stateGroups: StateGroupRow[];
	readonly currentState: Map<string, CurrentStateRow>;
	readonly memberships: Map<string, MembershipRow>;
	readonly receipts: Map<string, ReceiptRow>;
	readonly chainEntries: { readonly eventNid: number; readonly chainId: number; readonly sequence: number }[];
	readonly chainLinks: {
		readonly fromChain: number;
		readonly fromSequence: number;
		readonly toChain: number;
		readonly toSequence: number;
	}[];
	readonly relations: RelationRow[];
	readonly mentions: { readonly roomNid: number; readonly userId: string; readonly position: number }[];
	readonly redactions: RedactionRow[];
	readonly fileUses: FileUseRow[];
	readonly aliases: { readonly alias: string; readonly roomNid: number | undefined; readonly creatorId: string }[];
	readonly forgotten: { readonly roomNid: number; readonly userId: string }[];
	/** Events that the other servers in their rooms must get. */
	readonly outbox: OutboxRow[];
	/** What became of members of other servers, in the order of the events. */
	readonly remoteChanges: RemoteChangeRow[];
	/** Upgraded rooms whose people are still to be taken over, and those (old rooms) where that is done. */
	readonly moves: { readonly oldRoomNid: number; readonly newRoomNid: number; readonly userId: string }[];
	readonly movesDone: number[];
	/** What only events of other servers leave behind. */
	received?: ReceivedRows;
}

/** A batch that begins after `position`. */
export const emptyRowBatch = (position: number): RowBatch => ({
	from: position,
	position,
	newRooms: new Set(),
	rooms: new Map(),
	events: [],
	edges: [],
	ends: new Map(),
	stateGroups: [],
	currentState: new Map(),
	memberships: new Map(),
	receipts: new Map(),
	chainEntries: [],
	chainLinks: [],
	relations: [],
	mentions: [],
	redactions: [],
	fileUses: [],
	aliases: [],
	forgotten: [],
	moves: [],
	movesDone: [],
	outbox: [],
	remoteChanges: [],
});
