import { type DBSchema, deleteDB, type IDBPDatabase, openDB } from "idb";
import type { KeptAutoReply } from "../auto-reply/kept-auto-reply.ts";
import type { HistoryDuty } from "../crypto/history-duty.ts";
import type { RoomEncryption } from "../crypto/message-cipher.ts";
import type { StoredDraft } from "../drafts/drafts.ts";
import type { KeptMeaningChoice } from "../meaning/kept-meaning-choice.ts";
import type { KeptVectors } from "../meaning/vector-record.ts";
import type { OutboxEntry } from "../outbox/outbox-entry.ts";
import type { KeptOwnOllama } from "../own-ollama/kept-own-ollama.ts";
import type { KeptReminders } from "../reminders/kept-reminders.ts";
import type { CachedRoom, CachedTimeline, CacheHead } from "./cache-records.ts";
import { createRecordSeal, type Kept, newRecordKey, type RecordSeal } from "./record-seal.ts";

/** What this browser keeps of one account. */
interface AccountSchema extends DBSchema {
	/** Rows of the chat list, by room. */
	rooms: { key: string; value: Kept<CachedRoom, "roomId"> };
	/** The last events of a room: apart from its row, so that the list is read without them. */
	timelines: { key: string; value: Kept<CachedTimeline, "roomId"> };
	/** One record: up to where the two stores above are complete. */
	head: { key: "head"; value: CacheHead };
	outbox: { key: string; value: Kept<OutboxEntry, "transactionId"> };
	drafts: { key: string; value: Kept<StoredDraft, "roomId"> };
	/** Rooms that were seen encrypted, and how. */
	encryption: { key: string; value: { readonly roomId: string; readonly encryption: RoomEncryption } };
	/** The key of what is sealed in the others. */
	keys: { key: "records"; value: CryptoKey };
	/** Messages that could not be read and were counted for the owner's figures. */
	countedUnreadable: { key: string; value: { readonly eventId: string } };
	/** Encrypted files on their way out; what opens them is in the outbox. */
	outgoingFiles: { key: string; value: OutgoingFile };
	/** What the crypto engine is still to be told about the past of rooms. */
	historyDuties: { key: string; value: HistoryDuty };
	/** Rooms in which the person does not want to be asked before something goes to the assistant. */
	unaskedRooms: { key: string; value: { readonly roomId: string } };
	/** One record: whether, how and to whom this device answers by itself. */
	autoReply: { key: string; value: Kept<KeptAutoReply, "id"> };
	/** What messages mean, some in a record. */
	vectors: { key: string; value: Kept<KeptVectors, "chunkId"> };
	/** One record: which chats the person lets their server read for what messages mean. */
	meaningChoice: { key: string; value: Kept<KeptMeaningChoice, "id"> };
	/** One record: what the person wants to be reminded of. */
	reminders: { key: string; value: Kept<KeptReminders, "id"> };
	/** One record: the person's own Ollama. */
	ownOllama: { key: string; value: Kept<KeptOwnOllama, "id"> };
}

export interface OutgoingFile {
	readonly fileId: string;
	readonly ciphertext: ArrayBuffer;
	readonly keptAt: number;
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
	(db) => {
		db.createObjectStore("keys");
	},
	(db) => {
		db.createObjectStore("countedUnreadable", { keyPath: "eventId" });
	},
	(db) => {
		db.createObjectStore("outgoingFiles", { keyPath: "fileId" });
	},
	(db) => {
		db.createObjectStore("historyDuties", { keyPath: "dutyId" });
	},
	(db) => {
		db.createObjectStore("unaskedRooms", { keyPath: "roomId" });
	},
	(db) => {
		db.createObjectStore("autoReply", { keyPath: "id" });
	},
	(db) => {
		db.createObjectStore("ownOllama", { keyPath: "id" });
	},
	(db) => {
		db.createObjectStore("vectors", { keyPath: "chunkId" });
	},
	(db) => {
		db.createObjectStore("reminders", { keyPath: "id" });
	},
	(db) => {
		db.createObjectStore("meaningChoice", { keyPath: "id" });
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

const seals = new WeakMap<AccountDatabase, Promise<RecordSeal>>();

/** The seal of an account's records; its key is made at the first time. */
export function recordSealOf(db: AccountDatabase): Promise<RecordSeal> {
	const known = seals.get(db) ?? openSeal(db);
	seals.set(db, known);
	return known;
}

async function openSeal(db: AccountDatabase): Promise<RecordSeal> {
	const kept = await db.get("keys", "records");
	if (kept !== undefined) return createRecordSeal(kept);
	const fresh = await newRecordKey();
	// Another window may have been faster: the first key holds.
	const transaction = db.transaction("keys", "readwrite");
	const first = (await transaction.store.get("records")) ?? fresh;
	await Promise.all([transaction.store.put(first, "records"), transaction.done]);
	return createRecordSeal(first);
}

/** Forgets everything about an account. */
export async function deleteAccountDatabase(userId: string): Promise<void> {
	await deleteDB(nameOf(userId)).catch(() => undefined);
}

function nameOf(userId: string): string {
	return `kith ${userId}`;
}
