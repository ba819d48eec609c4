import type { EventId, RoomId, ServerName, UserId } from "../../../../federation/identifiers/identifier-types.ts";

/** An event that waits for a destination. */
export interface OutboxEntry {
	readonly id: number;
	readonly roomNid: number;
	/** The event as it was signed, or what a redaction left of it. */
	readonly json: string;
}

/** What a destination must be told and is no event. */
export interface WaitingEdu {
	readonly id: number;
	readonly type: string;
	/** JSON. */
	readonly content: string;
}

/** What a transaction takes of what waits on the disk, in its order. */
export interface WaitingNext {
	readonly entries: readonly OutboxEntry[];
	readonly edus: readonly WaitingEdu[];
}

/** What is known of another server's health. A server without it is healthy. */
export interface DestinationHealth {
	/** Failures in a row. */
	readonly failures: number;
	/** Milliseconds since the Unix epoch, as the other times. */
	readonly failingSince: number | undefined;
	readonly retryAt: number | undefined;
}

/** Another server as the owner sees it. */
export interface DestinationSummary extends DestinationHealth {
	readonly serverName: ServerName;
	readonly lastSuccessAt: number | undefined;
	readonly lastError: string | undefined;
	/** Events that wait. */
	readonly queueLength: number;
	/** When the oldest of them was made. */
	readonly oldestAt: number | undefined;
	/** It has been answering again: of what waited then, how much it has. Undefined: all of it, or nothing waited. */
	readonly catchUp: { readonly done: number; readonly total: number } | undefined;
}

/** A receipt of a person of this server, and the servers that are told. */
export interface OutgoingReceipt {
	readonly roomId: RoomId;
	readonly userId: UserId;
	readonly eventId: EventId;
	readonly ts: number;
	readonly destinations: readonly ServerName[];
}

/** What waits for other servers, on the disk. */
export interface OutboxStore {
	/** Every destination for which something waits. */
	destinations(): Promise<readonly ServerName[]>;
	/** The destinations of entries after `id` and all that must be told something that is no event, and the newest id. */
	destinationsAfter(id: number): Promise<{ readonly newest: number; readonly destinations: readonly ServerName[] }>;
	/** The oldest of what waits for a destination: entries, and what it must be told and is no event. */
	next(destination: ServerName, limits: { readonly entries: number; readonly edus: number }): Promise<WaitingNext>;
	/** The destination has accepted these entries, and was told these. */
	delivered(
		destination: ServerName,
		accepted: { readonly ids: readonly number[]; readonly eduIds: readonly number[] },
		at: number,
	): Promise<void>;
	/** Lets all entries of a destination go, and what it must be told; answers whose rooms the entries were of. */
	drop(destination: ServerName): Promise<readonly number[]>;
	health(destination: ServerName): Promise<DestinationHealth>;
	failed(destination: ServerName, health: DestinationHealth, lastError: string): Promise<void>;
	/**
	 * Lets all entries go but the newest of each room, which then stand for them; of changes of somebody's devices all but the
	 * newest, of messages to devices what is from before `edusSince` or beyond `mostEdus`. Answers how many messages went.
	 */
	collapse(destination: ServerName, bounds: { readonly mostEdus: number; readonly edusSince: number }): Promise<number>;
	/** The server was heard from: it is tried again at once. True: it had been failing. */
	retryNow(destination: ServerName): Promise<boolean>;
	/** Failing servers that are to be tried again at once. */
	wanted(): Promise<readonly ServerName[]>;
	/** Those that fail, then those with the longest queues. */
	list(limit: number): Promise<readonly DestinationSummary[]>;
	/** Public receipts of this server's people, in rooms that others are in, of a part of the stream. */
	receiptsBetween(from: number, to: number): Promise<readonly OutgoingReceipt[]>;
	/** The other servers in each room. */
	serversIn(roomNids: readonly number[]): Promise<ReadonlyMap<number, readonly ServerName[]>>;
}
