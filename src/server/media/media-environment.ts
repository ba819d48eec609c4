import type { UserId } from "../../../federation/identifiers/identifier-types.ts";
import type { Clock, MediaQuota, MediaStorage, MediaStore, RandomBytes } from "./ports.ts";

/** What the use cases of this area stand on. */
export interface MediaEnvironment {
	readonly store: MediaStore;
	readonly storage: MediaStorage;
	readonly quota: MediaQuota;
	readonly serverName: string;
	readonly clock: Clock;
	readonly randomBytes: RandomBytes;
	/** Uploads of each person that run now. */
	readonly uploading: Map<UserId, number>;
}
