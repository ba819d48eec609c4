import * as z from "zod";
import { DatabaseFile, StoreDatabase } from "./database.ts";
import { compareKeys, KeyRange, requireKey } from "./key-order.ts";
import { ObjectStore, StoreCursor, StoreIndex } from "./object-store.ts";
import { type KeptChange, type RecordKeeper, shapesTable, tableName } from "./record-keeper.ts";
import { OpenRequest, StoreRequest, VersionChangeEvent } from "./requests.ts";
import { StoreTransaction } from "./transaction.ts";

/** A record as it was kept. */
export interface LoadedRecord {
	readonly table: string;
	readonly key: string;
	readonly value: Uint8Array;
}

/**
 * The part of IndexedDB that the crypto machine needs, over records that somebody keeps: a transaction is complete when they
 * are kept for good. Indexed Database API 3.0; keys are given from outside, and cursors go forwards.
 */
export const openFactory = (records: readonly LoadedRecord[], keeper: RecordKeeper) => {
	const files = loadFiles(records);
	const open = (name: string, wanted?: number): OpenRequest => {
		const request = new OpenRequest();
		const file = files.get(name) ?? new DatabaseFile(name);
		files.set(name, file);
		queueMicrotask(() => void answerOpen(request, { file, keeper, wanted }));
		return request;
	};
	const deleteDatabase = (name: string): OpenRequest => {
		const request = new OpenRequest();
		const file = files.get(name);
		files.delete(name);
		queueMicrotask(() => void answerDelete(request, { file, keeper }));
		return request;
	};
	return {
		...{ open, deleteDatabase },
		databases: async () => [...files.values()].map(({ name, version }) => ({ name, version })),
		cmp: (one: unknown, other: unknown) => compareKeys(requireKey(one), requireKey(other)),
	};
};

/** The names under which code that expects a browser finds it. */
export const indexedDbGlobals = (records: readonly LoadedRecord[], keeper: RecordKeeper) => ({
	indexedDB: openFactory(records, keeper),
	IDBRequest: StoreRequest,
	IDBOpenDBRequest: OpenRequest,
	IDBDatabase: StoreDatabase,
	IDBTransaction: StoreTransaction,
	IDBObjectStore: ObjectStore,
	IDBIndex: StoreIndex,
	IDBCursor: StoreCursor,
	IDBCursorWithValue: StoreCursor,
	IDBKeyRange: KeyRange,
	IDBVersionChangeEvent: VersionChangeEvent,
});

const loadFiles = (records: readonly LoadedRecord[]): Map<string, DatabaseFile> => {
	const files = new Map<string, DatabaseFile>();
	for (const { table, key, value } of records) {
		if (table !== shapesTable) continue;
		const file = new DatabaseFile(key);
		file.takeShape(value);
		files.set(key, file);
	}
	for (const { table, key, value } of records) {
		if (table === shapesTable) continue;
		const [database, store] = z.tuple([z.string(), z.string()]).parse(JSON.parse(table));
		files
			.get(database)
			?.tables.get(store)
			?.load({ key: requireKey(JSON.parse(key)), value });
	}
	return files;
};

interface Opening {
	readonly file: DatabaseFile;
	readonly keeper: RecordKeeper;
	/** Undefined: as it is. */
	readonly wanted: number | undefined;
}

const answerOpen = async (request: OpenRequest, { file, keeper, wanted }: Opening): Promise<void> => {
	const { version: oldVersion } = file;
	const newVersion = wanted ?? Math.max(oldVersion, 1);
	if (newVersion < oldVersion) {
		request.fail(new DOMException("it is of a newer version", "VersionError"));
		request.emit("error");
		return;
	}
	const database = new StoreDatabase(file, keeper);
	if (newVersion > oldVersion && !(await upgrade(request, database, { file, oldVersion, newVersion }))) return;
	request.settle(database);
	request.emit("success");
};

/** Whether its shape is the new one now. */
const upgrade = async (
	request: OpenRequest,
	database: StoreDatabase,
	{ file, ...versions }: { readonly file: DatabaseFile; readonly oldVersion: number; readonly newVersion: number },
): Promise<boolean> => {
	const transaction = database.beginUpgrade(versions.newVersion);
	request.settle(database);
	request.transaction = transaction;
	const over = file.enter(transaction);
	request.dispatchEvent(new VersionChangeEvent("upgradeneeded", versions));
	await over;
	database.endUpgrade();
	request.transaction = null;
	if (transaction.error === null) return true;
	request.fail(transaction.error);
	request.emit("error");
	return false;
};

const answerDelete = async (
	request: OpenRequest,
	{ file, keeper }: { readonly file: DatabaseFile | undefined; readonly keeper: RecordKeeper },
): Promise<void> => {
	if (file !== undefined) {
		const tables = [...file.tables.keys()].map((store) => tableName(file.name, store));
		const clears: KeptChange[] = tables.map((table) => ({ kind: "clear", table }));
		await keeper.keep([...clears, { kind: "remove", table: shapesTable, key: file.name }]);
	}
	request.settle(undefined);
	request.emit("success");
};
