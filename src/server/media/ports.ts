import type { UserId } from "../../../federation/identifiers/identifier-types.ts";
import type { MediaAddress } from "../../shared/media-address.ts";

/** Milliseconds since the Unix epoch. */
export interface Clock {
	now(): number;
}

/** Cryptographically strong random bytes. */
export type RandomBytes = (sizeBytes: number) => Uint8Array;

/** The last part of an `mxc://` address of this server: 32 hexadecimal digits, so that it is a file's name everywhere. */
export type MediaId = string & { readonly __brand: "MediaId" };

export interface StoredContent {
	readonly sizeBytes: number;
	/** Holds nothing until it is read, and nothing after its end, early or not. */
	readonly content: AsyncIterable<Uint8Array>;
}

/** Where the content of files is. Throws AppError `storage-full` and `unavailable`. */
export interface MediaStorage {
	/** All of it or nothing, durably. Throws what reading the content throws. */
	write(id: MediaId, content: Uint8Array | AsyncIterable<Uint8Array>): Promise<void>;
	/** undefined: there is none. */
	read(id: MediaId): Promise<StoredContent | undefined>;
	/** Removing what is not there is success. */
	remove(id: MediaId): Promise<void>;
	/** Throws away what writes that were cut off before this moment have left behind. */
	removeUnfinished(before: number): Promise<void>;
}

export interface MediaRecord {
	readonly id: MediaId;
	readonly ownerId: UserId;
	readonly contentType: string;
	readonly sizeBytes: number;
	readonly createdAt: number;
}

/** A file that a message refers to, before its content has come. */
export interface FileReservation extends MediaRecord {
	/** Of its owner's choosing: the same upload again has the same one. */
	readonly uploadId: string;
	/** Kept until then though no event refers to it. */
	readonly expiresAt: number;
}

export type Reserved =
	| { readonly kind: "reserved" | "complete"; readonly id: MediaId }
	/** The person would have more than the quota. */
	| { readonly kind: "full" }
	/** The id stands for an upload of another size. */
	| { readonly kind: "taken" };

export interface FoundMedia extends MediaRecord {
	/** False: a picture that stands for a person or a room. */
	readonly isFile: boolean;
}

/** How much one person may have stored. */
export interface MediaQuota {
	readonly files: number;
	readonly bytes: number;
}

export interface UnusedQuery {
	readonly serverName: string;
	/** Files are looked at by id, this many after this one. */
	readonly after: string;
	readonly scanLimit: number;
	readonly now: number;
}

/** What is known of files. Every method throws AppError `unavailable` when the database cannot be reached. */
export interface MediaStore {
	/** Of a picture. False, and nothing is stored, when the person would have more than the quota. */
	add(record: MediaRecord, quota: MediaQuota): Promise<boolean>;
	/** Makes room for a file, or finds the one that this upload made before. */
	reserve(file: FileReservation, quota: MediaQuota): Promise<Reserved>;
	/** The content of a file is there. False: it was removed meanwhile. */
	complete(id: MediaId): Promise<boolean>;
	/** undefined: there is none, or it is on its way, or being removed. */
	find(id: MediaId): Promise<FoundMedia | undefined>;
	/**
	 * Marks pictures that no person, member or room shows, and files that no event refers to; answers where the look ended,
	 * undefined at the end of all.
	 */
	markUnused(query: UnusedQuery): Promise<string | undefined>;
	/** Files that were marked and still have a row. */
	listMarked(limit: number): Promise<readonly MediaId[]>;
	forget(id: MediaId): Promise<void>;
}

/** What came of asking another server for a file. */
export type RemoteFile =
	| { readonly kind: "found"; readonly body: Uint8Array }
	/** It has none under this address, or none that it gives. */
	| { readonly kind: "missing" }
	/** It cannot be asked now. */
	| { readonly kind: "unreachable" };

/** Asks other servers. Never throws because of what they do. */
export interface RemoteFiles {
	fetch(address: MediaAddress, mostBytes: number): Promise<RemoteFile>;
}

/** A picture of another server, small enough to stand for somebody, or a file of it, as it is there. */
export interface RemoteMediaKey extends MediaAddress {
	readonly isWhole: boolean;
}

/** What of another server is kept here. */
export interface RemoteMediaRecord extends RemoteMediaKey {
	readonly id: MediaId;
	readonly contentType: string;
	readonly sizeBytes: number;
}

/** What is known of other servers' pictures and files. Every method throws AppError `unavailable` when the database cannot be reached. */
export interface RemoteMediaStore {
	/** Notes that it was used. */
	find(key: RemoteMediaKey, now: number): Promise<RemoteMediaRecord | undefined>;
	/** False: another process has stored it meanwhile. */
	add(record: RemoteMediaRecord, now: number): Promise<boolean>;
	/** Every server of which something is kept. */
	servers(): Promise<readonly string[]>;
	/** Takes the rows of a server. */
	forgetOf(serverName: string, limit: number): Promise<readonly MediaId[]>;
	/** Takes the rows of those that were not used for the longest time, until the others have at most so many bytes. */
	forgetBeyond(mostBytes: number, limit: number): Promise<readonly MediaId[]>;
}
