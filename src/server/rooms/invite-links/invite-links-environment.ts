import type { AttemptLimiter, RandomBytes } from "../../accounts/public.ts";
import type { AppendLane } from "../append/append-lane.ts";
import type { Clock, RoomDirectory } from "../ports.ts";
import type { WriteLimiter } from "../write-limiter.ts";
import type { InviteLinkStore } from "./ports.ts";

/** What the use cases of invite links stand on. */
export interface InviteLinksEnvironment {
	readonly lane: AppendLane;
	readonly directory: RoomDirectory;
	readonly store: InviteLinkStore;
	readonly clock: Clock;
	readonly randomBytes: RandomBytes;
	/** Bounds what one person makes the server write. */
	readonly limiter: WriteLimiter;
	/** Counts secrets that led nowhere, by the address or the person that tried them. */
	readonly guesses: AttemptLimiter;
	/** A picture of this server as base64; undefined: there is none, or it has more than `mostBytes`. */
	readPicture(url: string, mostBytes: number): Promise<string | undefined>;
}
