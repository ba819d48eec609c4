import type { AppError } from "../../../shared/app-error.ts";
import type { Log } from "../../../shared/log.ts";
import type { Clock, MediaStorage, RandomBytes, RemoteFiles, RemoteMediaStore } from "../ports.ts";

/** What other servers' pictures and files stand on. */
export interface RemoteMediaOptions {
	readonly store: RemoteMediaStore;
	readonly storage: MediaStorage;
	readonly source: RemoteFiles;
	readonly clock: Clock;
	readonly randomBytes: RandomBytes;
	readonly log: Log;
	/** Whether pictures of that server are shown here; absent: of every one. */
	readonly isShown?: (serverName: string) => boolean;
	/** What all of them together may take on the disk. */
	readonly mostBytes: number;
}

/** What is taken of other servers, and as what. */
export interface RemoteMediaKind {
	/** As it is stored beside others of the same address. */
	readonly isWhole: boolean;
	/** Longer ones are not read to their end. */
	readonly mostBytes: number;
	/** Servers are asked for so many at a time; each is held in memory meanwhile. */
	readonly fetchesAtOnce: number;
	/** So many others wait for their turn; who comes after them is refused. */
	readonly mostWaiting: number;
	/** What these bytes are given out as, or why they are not. */
	typeOf(body: Uint8Array): { readonly contentType: string } | { readonly refusal: string };
}

/** What has just come. */
export interface FetchedMedia {
	readonly contentType: string;
	readonly body: Uint8Array;
}

export interface RemoteMediaEnvironment extends RemoteMediaOptions {
	readonly kind: RemoteMediaKind;
	/** How many servers are being asked now, and who waits until one has answered. */
	running: number;
	readonly waiting: (() => void)[];
	/** By address: what is being asked for. */
	readonly fetching: Map<string, Promise<FetchedMedia>>;
	/** By address: what was not given, and until when nobody asks again. */
	readonly refused: Map<string, { readonly until: number; readonly error: AppError }>;
}
