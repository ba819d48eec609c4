import type { UserId } from "../../../federation/identifiers/identifier-types.ts";
import type { Clock, MediaQuota, MediaStorage, MediaStore, RandomBytes } from "./ports.ts";

/** What the use cases of this area stand on. */
export interface MediaEnvironment {
	readonly store: MediaStore;
	readonly storage: MediaStorage;
	/** Of pictures that stand for a person or a room. */
	readonly quota: MediaQuota;
	/** Of files to which messages refer. */
	readonly fileQuota: MediaQuota;
	/** What one file may have: Matrix' `m.upload.size`. */
	readonly mostFileBytes: number;
	readonly serverName: string;
	readonly clock: Clock;
	readonly randomBytes: RandomBytes;
	/** Uploads of each person that run now. */
	readonly uploading: Map<UserId, number>;
}
