import type { UserId } from "../../../federation/identifiers/identifier-types.ts";
import { AppError } from "../../shared/app-error.ts";
import { putKeys, readKeys } from "./backed-up-keys.ts";
import { createBackup, type NewBackup, readBackup, updateBackup } from "./backup-versions.ts";
import type { KeyBackupStore, KeySelection } from "./ports.ts";

/** Backups of room keys, bound to what they stand on. Matrix v1.19 Client-Server API, "Server-side key backups". */
export const createKeyBackup = (store: KeyBackupStore) => ({
	create: (userId: UserId, backup: NewBackup) => createBackup(store, userId, backup),
	read: (userId: UserId, version: number | undefined) => readBackup(store, userId, version),
	update: (userId: UserId, change: Parameters<typeof updateBackup>[2]) => updateBackup(store, userId, change),
	remove: (userId: UserId, version: number) => store.remove(userId, version),
	putKeys: (userId: UserId, keys: Parameters<typeof putKeys>[2]) => putKeys(store, userId, keys),
	readKeys: (userId: UserId, query: Parameters<typeof readKeys>[2]) => readKeys(store, userId, query),
	removeKeys: async (userId: UserId, { version, ...selection }: KeySelection & { readonly version: number }) => {
		const state = await store.removeKeys(userId, version, selection);
		if (state === undefined) throw new AppError("wrong-backup-version", { rule: "DEV-19" });
		return state;
	},
});

export type KeyBackup = ReturnType<typeof createKeyBackup>;
