import { type DBSchema, deleteDB, type IDBPDatabase, openDB } from "idb";
import type { RoomEncryption } from "../crypto/message-cipher.ts";
import type { StoredDraft } from "../drafts/drafts.ts";
import type { OutboxEntry } from "../outbox/outbox-entry.ts";
import type { CachedRoom, CachedTimeline, CacheHead } from "./cache-records.ts";

/** What this browser keeps of one account. */
interface AccountSchema extends DBSchema {
	/** Rows of the chat list, by room. */
	rooms: { key: string; value: CachedRoom };
	/** The last events of a room: apart from its row, so that the list is read without them. */
	timelines: { key: string; value: CachedTimeline };
	/** One record: up to where the two stores above are complete. */
	head: { key: "head"; value: CacheHead };
	outbox: { key: string; value: OutboxEntry };
	drafts: { key: string; value: StoredDraft };
	/** Rooms that were seen encrypted, and how. */
	encryption: { key: string; value: { readonly roomId: string; readonly encryption: RoomEncryption } };
}

export type AccountDatabase = IDBPDatabase<AccountSchema>;

/** One step a version. A step is never changed once released: a new one is added behind it. */
const migrations: readonly ((db: AccountDatabase) => void)[] = [
	(db) => {
		db.createObjectStore("rooms", { keyPath: "roomId" });
		db.createObjectStore("timelines", { keyPath: "roomId" });
		db.createObjectStore("head");
		db.createObjectStore("outbox", { keyPath: "transactionId" });
		db.createObjectStore("drafts", { keyPath: "roomId" });
	},
	(db) => {
		db.createObjectStore("encryption", { keyPath: "roomId" });
	},
];

/** Opens an account's database; `undefined` where the browser has none to give (some private windows). */
export async function openAccountDatabase(userId: string): Promise<AccountDatabase | undefined> {
	try {
		const db = await openDB<AccountSchema>(nameOf(userId), migrations.length, {
			upgrade: (database, oldVersion) => {
				for (const migrate of migrations.slice(oldVersion)) migrate(database);
			},
			// Another window deletes or upgrades it: who stays open would hold that up for ever.
			blocking: () => db.close(),
		});
		return db;
	} catch {
		return undefined;
	}
}

/** Forgets everything about an account. */
export async function deleteAccountDatabase(userId: string): Promise<void> {
	await deleteDB(nameOf(userId)).catch(() => undefined);
}

function nameOf(userId: string): string {
	return `kith ${userId}`;
}
