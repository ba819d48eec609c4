import type { AppError } from "../../../shared/app-error.ts";
import type { Log } from "../../../shared/log.ts";
import type { Clock, MediaStorage, RandomBytes, RemoteMediaStore, RemotePictures } from "../ports.ts";

/** What other servers' pictures stand on. */
export interface RemoteMediaOptions {
	readonly store: RemoteMediaStore;
	readonly storage: MediaStorage;
	readonly pictures: RemotePictures;
	readonly clock: Clock;
	readonly randomBytes: RandomBytes;
	readonly log: Log;
	/** Whether pictures of that server are shown here; absent: of every one. */
	readonly isShown?: (serverName: string) => boolean;
	/** What all of them together may take on the disk. */
	readonly mostBytes: number;
}

/** A picture that has just come. */
export interface FetchedPicture {
	readonly contentType: string;
	readonly body: Uint8Array;
}

export interface RemoteMediaEnvironment extends RemoteMediaOptions {
	/** Servers are asked for so many pictures at a time; each is held in memory meanwhile. */
	readonly fetchesAtOnce: number;
	/** By address: what is being asked for. */
	readonly fetching: Map<string, Promise<FetchedPicture>>;
	/** By address: what was not given, and until when nobody asks again. */
	readonly refused: Map<string, { readonly until: number; readonly error: AppError }>;
}
