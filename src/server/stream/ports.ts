/**
 * What processes tell each other. The bus carries pokes, the database carries facts: a poke that is lost or doubled
 * delays or repeats a read, nothing else.
 */
export type Poke =
	/** The stream has reached this position. */
	| { readonly kind: "stream"; readonly position: number }
	/** Devices of these people have acknowledged more of the stream. */
	| { readonly kind: "acknowledged"; readonly userIds: readonly string[] }
	/** Pokes may have been missed (a reconnect): look at the database. */
	| { readonly kind: "resync" };

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

/** One local person of a room, as fan-out needs them. */
export interface AudienceMember {
	readonly userId: string;
	readonly displayName: string;
	membership: "join" | "invite";
	/** Who invited them. */
	readonly invitedBy: string | undefined;
	/** nid of their member event. */
	readonly memberNid: number;
	readOrdinal: number;
	readPosition: number;
	/** Positions of unread mentions. */
	mentions: readonly number[];
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

/** Reads and writes of the stream that belong to no room. */
export interface StreamStore {
	position(): Promise<number>;
	loadAudiences(roomNids: readonly number[]): Promise<readonly LoadedAudience[]>;
	receiptsBetween(from: number, to: number): Promise<readonly MovedReceipt[]>;
	deliveredFloors(roomNids: readonly number[]): Promise<readonly DeliveredFloor[]>;
	/** Moves devices' acknowledged positions forward. */
	acknowledge(acknowledged: readonly { readonly sessionId: string; readonly position: number }[]): Promise<void>;
}
