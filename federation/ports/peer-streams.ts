import type { ServerName } from "../identifiers/identifier-types.ts";
import type { JsonValue } from "../json/json-value.ts";
import type { PeerAnswer, PeerRequest } from "./peer-transport.ts";

/** A request whose answer is an object with long lists. */
export interface ListedRequest extends PeerRequest {
	/** The members of the answer that are taken entry by entry, where they are lists. */
	readonly lists: readonly string[];
	/** More entries in all of them together make the answer one that is too large. */
	readonly maxEntries: number;
}

/** Takes one entry of a list; nothing more is read while it is busy. */
export type TakeEntry = (list: string, entry: JsonValue) => void | Promise<void>;

/** Answers that are too long to be held. Never throws because of what a peer does. */
export interface PeerStreams {
	/**
	 * As `PeerTransport.request`, but what the lists hold goes to `take` as it arrives, and each of them is empty in the
	 * answer. Where the answer is not `answered` in the end, what was taken is worth nothing.
	 */
	requestLists(destination: ServerName, request: ListedRequest, take: TakeEntry): Promise<PeerAnswer>;
}
