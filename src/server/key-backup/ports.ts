import type { BackedUpSession } from "../../../federation/device-keys/backup-data.ts";
import type { UserId } from "../../../federation/identifiers/identifier-types.ts";

/** A backup as it stands. */
export interface StoredBackup {
	readonly version: number;
	readonly algorithm: string;
	/** JSON. */
	readonly authData: string;
	/** Counts the changes of its keys. */
	readonly etag: number;
	/** How many keys it holds. */
	readonly count: number;
}

/** Which keys of a backup. */
export interface KeySelection {
	readonly roomId?: string | undefined;
	readonly sessionId?: string | undefined;
}

export interface BackedUpKeyRef {
	readonly roomId: string;
	readonly sessionId: string;
}

export interface NewBackedUpKey extends BackedUpKeyRef, Omit<BackedUpSession, "json"> {
	/** JSON. */
	readonly json: string;
}

export interface StoredBackedUpKey extends BackedUpKeyRef {
	readonly json: string;
}

/** What became of a backup's keys. */
export interface BackupState {
	readonly etag: number;
	readonly count: number;
}

/** Backups on the disk. Every method throws AppError `unavailable` when the database cannot be reached. */
export interface KeyBackupStore {
	/** Undefined version: the newest. */
	find(userId: UserId, version: number | undefined): Promise<StoredBackup | undefined>;
	/** The new version; undefined, and nothing changes: `replaces` is not the newest, or there is one and none was named. */
	create(
		userId: UserId,
		backup: { readonly algorithm: string; readonly authData: string; readonly replaces: number | undefined },
	): Promise<number | undefined>;
	updateAuthData(userId: UserId, version: number, authData: string): Promise<void>;
	/** Lets its keys go; its number is never given again. */
	remove(userId: UserId, version: number): Promise<void>;
	/** Puts keys in, where they are better than what is there; undefined, and nothing changes: it is not the newest. */
	putKeys(userId: UserId, version: number, keys: readonly NewBackedUpKey[]): Promise<BackupState | undefined>;
	/** In the order of their names, behind `after`. */
	keys(
		userId: UserId,
		version: number,
		page: KeySelection & { readonly after: BackedUpKeyRef | undefined; readonly limit: number },
	): Promise<readonly StoredBackedUpKey[]>;
	removeKeys(userId: UserId, version: number, selection: KeySelection): Promise<BackupState | undefined>;
}
