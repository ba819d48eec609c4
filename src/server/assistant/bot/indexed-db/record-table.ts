import { deserialize, serialize } from "node:v8";
import { compareKeys, type KeyRange, keyOf, type StoreKey } from "./key-order.ts";

/** A record as it is kept: its value in the form in which it is written down. */
export interface KeptRecord {
	readonly key: StoreKey;
	readonly value: Uint8Array;
}

/** A record as a question finds it; `key` is what it was found by. */
export interface FoundRecord {
	readonly key: StoreKey;
	readonly primaryKey: StoreKey;
	readonly value: unknown;
}

export interface IndexShape {
	readonly keyPath: string | readonly string[];
	readonly isUnique: boolean;
}

/** The records of one object store, in the order of their keys. Values go in and out as copies. */
export interface RecordTable {
	readonly indexes: Map<string, IndexShape>;
	get(key: StoreKey): unknown;
	has(key: StoreKey): boolean;
	/** The record as it is kept from now on. Throws ConstraintError where an index is to hold each value once. */
	put(key: StoreKey, value: unknown): KeptRecord;
	/** Puts in what was kept. */
	load(record: KeptRecord): void;
	/** What was there. */
	remove(key: StoreKey): KeptRecord | undefined;
	all(): readonly KeptRecord[];
	find(range: KeyRange | undefined): readonly FoundRecord[];
	findByIndex(name: string, range: KeyRange | undefined): readonly FoundRecord[];
}

export const createRecordTable = (): RecordTable => {
	const entries: KeptRecord[] = [];
	const indexes = new Map<string, IndexShape>();
	/** Where the key is, or where it would stand. */
	const placeOf = (key: StoreKey): number => {
		let low = 0;
		for (let high = entries.length; low < high; ) {
			const middle = (low + high) >>> 1;
			const entry = entries[middle];
			if (entry !== undefined && compareKeys(entry.key, key) < 0) low = middle + 1;
			else high = middle;
		}
		return low;
	};
	const entryOf = (key: StoreKey): KeptRecord | undefined => {
		const entry = entries[placeOf(key)];
		return entry !== undefined && compareKeys(entry.key, key) === 0 ? entry : undefined;
	};
	const load = (record: KeptRecord): void => {
		const at = placeOf(record.key);
		entries.splice(at, entryOf(record.key) === undefined ? 0 : 1, record);
	};
	const findByIndex = (name: string, range: KeyRange | undefined): FoundRecord[] => {
		const shape = indexes.get(name);
		if (shape === undefined) throw new DOMException(`there is no index ${name}`, "NotFoundError");
		const found = entries.flatMap((entry) => {
			const value = valueIn(entry);
			const key = indexKeyOf(value, shape);
			return key === undefined || range?.includes(key) === false ? [] : [{ key, primaryKey: entry.key, value }];
		});
		return found.sort((one, other) => compareKeys(one.key, other.key) || compareKeys(one.primaryKey, other.primaryKey));
	};
	const requireUnique = (key: StoreKey, value: unknown): void => {
		for (const [name, shape] of indexes) {
			const indexKey = shape.isUnique ? indexKeyOf(value, shape) : undefined;
			if (indexKey === undefined) continue;
			const others = findByIndex(name, undefined).filter((found) => compareKeys(found.key, indexKey) === 0);
			if (others.some(({ primaryKey }) => compareKeys(primaryKey, key) !== 0)) {
				throw new DOMException(`the index ${name} has it already`, "ConstraintError");
			}
		}
	};
	return {
		...{ indexes, load, findByIndex },
		get: (key) => valueIn(entryOf(key)),
		has: (key) => entryOf(key) !== undefined,
		put: (key, value) => {
			requireUnique(key, value);
			const record = { key, value: serialize(value) };
			load(record);
			return record;
		},
		remove: (key) => (entryOf(key) === undefined ? undefined : entries.splice(placeOf(key), 1)[0]),
		all: () => [...entries],
		find: (range) =>
			entries
				.filter(({ key }) => range?.includes(key) !== false)
				.map((entry) => ({ key: entry.key, primaryKey: entry.key, value: valueIn(entry) })),
	};
};

const valueIn = (entry: KeptRecord | undefined): unknown =>
	entry === undefined ? undefined : deserialize(entry.value);

const indexKeyOf = (value: unknown, { keyPath }: IndexShape): StoreKey | undefined => {
	if (typeof keyPath === "string") return keyOf(fieldAt(value, keyPath));
	return keyOf(keyPath.map((path) => fieldAt(value, path)));
};

const fieldAt = (value: unknown, path: string): unknown =>
	path.split(".").reduce<unknown>((inner, name) => {
		return typeof inner === "object" && inner !== null ? Reflect.get(inner, name) : undefined;
	}, value);
