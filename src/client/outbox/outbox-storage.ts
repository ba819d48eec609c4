import { type AccountDatabase, recordSealOf } from "../storage/account-database.ts";
import { openRecords } from "../storage/record-seal.ts";
import type { OutboxEntry } from "./outbox-entry.ts";

/** Keeps what has not gone out over a reload. */
export interface OutboxStorage {
	load(): Promise<readonly OutboxEntry[]>;
	save(entry: OutboxEntry): Promise<void>;
	remove(transactionId: string): Promise<void>;
}

/**
 * Storage in the account's database. Where a browser has none (some private windows) or its disk is full, the queue
 * lives as long as the page: sending goes on either way.
 */
export function indexedOutboxStorage(
	open: () => Promise<AccountDatabase | undefined>,
	isSealed: (roomId: string) => boolean,
): OutboxStorage {
	const attempt = async <T>(work: (db: AccountDatabase) => Promise<T>): Promise<T | undefined> => {
		try {
			const db = await open();
			return db === undefined ? undefined : await work(db);
		} catch {
			return undefined;
		}
	};
	return {
		load: async () => {
			const kept = await attempt(async (db) => openRecords(await recordSealOf(db), await db.getAll("outbox")));
			return (kept ?? []).filter(isEntry);
		},
		save: async (entry) => {
			await attempt(async (db) =>
				db.put("outbox", isSealed(entry.roomId) ? await (await recordSealOf(db)).seal(entry, "transactionId") : entry),
			);
		},
		remove: async (transactionId) => {
			await attempt((db) => db.delete("outbox", transactionId));
		},
	};
}

/** A damaged record must not stop those behind it. */
function isEntry(entry: OutboxEntry): boolean {
	return (
		typeof entry.roomId === "string" && typeof entry.createdTs === "number" && typeof entry.state?.kind === "string"
	);
}
