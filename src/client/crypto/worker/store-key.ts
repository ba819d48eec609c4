/**
 * The key of the store, and what the engine remembers beside the machine: one small database. WebCrypto keeps the wrapping
 * key; IndexedDB stores it as an object that no script can read the bytes of.
 */
import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import {
	debtName,
	type EngineMemory,
	type HistoryDebt,
	type InboxLosses,
	type Intake,
	withDropped,
	withSetAside,
} from "./engine-memory.ts";

interface EngineSchema extends DBSchema {
	key: { key: "key"; value: WrappedKey };
	marks: { key: keyof Marks; value: Marks[keyof Marks] };
	/** By session and index: the event as which a ciphertext came first. */
	seen: { key: string; value: string };
	/** By room and person. */
	debts: { key: string; value: HistoryDebt };
}

interface Marks {
	readonly toDevicePosition: string;
	readonly intake: Intake;
	readonly losses: InboxLosses;
	/** People. */
	readonly unaccepted: readonly string[];
	readonly isWakeDue: boolean;
}

interface WrappedKey {
	readonly wrapping: CryptoKey;
	readonly iv: Uint8Array<ArrayBuffer>;
	readonly wrapped: ArrayBuffer;
}

/** One step a version. A step is never changed once released: a new one is added behind it. */
const migrations: readonly ((db: IDBPDatabase<EngineSchema>) => void)[] = [
	(db) => {
		db.createObjectStore("key");
		db.createObjectStore("marks");
		db.createObjectStore("seen");
	},
	(db) => void db.createObjectStore("debts"),
];

const open = (name: string): Promise<IDBPDatabase<EngineSchema>> =>
	openDB<EngineSchema>(name, migrations.length, {
		upgrade: (database, oldVersion) => {
			for (const migrate of migrations.slice(oldVersion)) migrate(database);
		},
		blocking: (_, __, { target }) => (target as IDBDatabase | null)?.close(),
	});

/** The key, made at the first time. */
export const openStoreKey = async (name: string): Promise<{ readonly key: Uint8Array; readonly isNew: boolean }> => {
	const database = await open(name);
	try {
		const kept = await database.get("key", "key");
		if (kept !== undefined) return { key: await unwrap(kept), isNew: false };
		const key = crypto.getRandomValues(new Uint8Array(32));
		await database.put("key", await wrap(key), "key");
		return { key, isNew: true };
	} finally {
		database.close();
	}
};

const wrap = async (key: Uint8Array<ArrayBuffer>): Promise<WrappedKey> => {
	const wrapping = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
	const iv = crypto.getRandomValues(new Uint8Array(12));
	return { wrapping, iv, wrapped: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, wrapping, key) };
};

const unwrap = async ({ wrapping, iv, wrapped }: WrappedKey): Promise<Uint8Array> =>
	new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, wrapping, wrapped));

export const openIndexedMemory = async (name: string): Promise<EngineMemory> => {
	const database = await open(name);
	const mark = async <Name extends keyof Marks>(of: Name): Promise<Marks[Name] | undefined> =>
		(await database.get("marks", of)) as Marks[Name] | undefined;
	const losses = async (): Promise<InboxLosses> => (await mark("losses")) ?? { dropped: 0, setAside: 0 };
	return {
		toDevicePosition: () => mark("toDevicePosition"),
		setToDevicePosition: async (position) => {
			await database.put("marks", position, "toDevicePosition");
		},
		intake: () => mark("intake"),
		setIntake: async (intake) => {
			await (intake === undefined ? database.delete("marks", "intake") : database.put("marks", intake, "intake"));
		},
		losses,
		noteDropped: async (count) => {
			const known = await losses();
			if (count > known.dropped) await database.put("marks", withDropped(known, count), "losses");
		},
		noteSetAside: async () => void (await database.put("marks", withSetAside(await losses()), "losses")),
		firstSeen: async (ciphertexts) => {
			if (ciphertexts.length === 0) return [];
			const transaction = database.transaction("seen", "readwrite", { durability: "relaxed" });
			const kept = await Promise.all(ciphertexts.map(({ place }) => transaction.store.get(place)));
			const fresh = new Map<string, string>();
			const first = ciphertexts.map(({ place, eventId }, index) => {
				const known = kept[index] ?? fresh.get(place);
				if (known === undefined) fresh.set(place, eventId);
				return known ?? eventId;
			});
			for (const [place, eventId] of fresh) void transaction.store.put(eventId, place);
			await transaction.done;
			return first;
		},
		debts: () => database.getAll("debts"),
		putDebt: async (debt) => void (await database.put("debts", debt, debtName(debt))),
		dropDebt: (debt) => database.delete("debts", debtName(debt)),
		unaccepted: async () => (await mark("unaccepted")) ?? [],
		setUnaccepted: async (userId, isUnaccepted) => {
			const transaction = database.transaction("marks", "readwrite");
			const known = ((await transaction.store.get("unaccepted")) ?? []) as Marks["unaccepted"];
			const others = known.filter((one) => one !== userId);
			await transaction.store.put(isUnaccepted ? [...others, userId] : others, "unaccepted");
			await transaction.done;
		},
		isWakeDue: async () => (await mark("isWakeDue")) ?? false,
		setWakeDue: async (isDue) => void (await database.put("marks", isDue, "isWakeDue")),
	};
};
