import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { OutboxItem } from "./outbox-item.ts";

interface OutboxSchema extends DBSchema {
	messages: { key: string; value: OutboxItem; indexes: { byUser: string } };
}

/** Keeps what has not gone out over a reload. */
export interface OutboxStorage {
	load(userId: string): Promise<readonly OutboxItem[]>;
	save(item: OutboxItem): Promise<void>;
	remove(transactionId: string): Promise<void>;
	clear(userId: string): Promise<void>;
}

/** Storage in IndexedDB; where a browser has none (some private windows), the queue lives as long as the page. */
export function indexedOutboxStorage(): OutboxStorage {
	let database: Promise<IDBPDatabase<OutboxSchema> | undefined> | undefined;
	const open = () => {
		database ??= openDatabase();
		return database;
	};
	return {
		load: async (userId) => {
			const items = (await (await open())?.getAllFromIndex("messages", "byUser", userId)) ?? [];
			return items.sort((a, b) => a.createdTs - b.createdTs);
		},
		save: async (item) => {
			await (await open())?.put("messages", item);
		},
		remove: async (transactionId) => {
			await (await open())?.delete("messages", transactionId);
		},
		clear: async (userId) => {
			const db = await open();
			const keys = (await db?.getAllKeysFromIndex("messages", "byUser", userId)) ?? [];
			await Promise.all(keys.map((key) => db?.delete("messages", key)));
		},
	};
}

async function openDatabase(): Promise<IDBPDatabase<OutboxSchema> | undefined> {
	try {
		return await openDB<OutboxSchema>("kith-outbox", 1, {
			upgrade: (db) => {
				db.createObjectStore("messages", { keyPath: "transactionId" }).createIndex("byUser", "userId");
			},
		});
	} catch {
		return undefined;
	}
}
