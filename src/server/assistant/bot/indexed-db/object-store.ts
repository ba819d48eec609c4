import { type KeyRange, keyOf, rangeOf, requireKey, type StoreKey } from "./key-order.ts";
import { tableName } from "./record-keeper.ts";
import type { FoundRecord, RecordTable } from "./record-table.ts";
import { type NameList, nameList, StoreRequest } from "./requests.ts";
import type { StoreTransaction } from "./transaction.ts";

/** How records are found: by their keys, or by an index. */
abstract class RecordSource {
	readonly name: string;
	readonly keyPath: string | readonly string[] | null;
	protected readonly within: StoreTransaction;

	constructor(name: string, within: StoreTransaction, keyPath: string | readonly string[] | null) {
		this.name = name;
		this.within = within;
		this.keyPath = keyPath;
	}

	protected abstract find(range: KeyRange | undefined): readonly FoundRecord[];
	abstract storeOf(): ObjectStore;

	get(query: unknown): StoreRequest {
		const range = rangeOf(requireQuery(query));
		return this.ask(() => this.find(range)[0]?.value);
	}

	getKey(query: unknown): StoreRequest {
		const range = rangeOf(requireQuery(query));
		return this.ask(() => this.find(range)[0]?.primaryKey);
	}

	getAll(query?: unknown, count?: number): StoreRequest {
		const range = rangeOf(query);
		return this.ask(() => atMost(this.find(range), count).map(({ value }) => value));
	}

	getAllKeys(query?: unknown, count?: number): StoreRequest {
		const range = rangeOf(query);
		return this.ask(() => atMost(this.find(range), count).map(({ primaryKey }) => primaryKey));
	}

	count(query?: unknown): StoreRequest {
		const range = rangeOf(query);
		return this.ask(() => this.find(range).length);
	}

	openCursor(query?: unknown, direction: IDBCursorDirection = "next"): StoreRequest {
		if (direction !== "next") throw new DOMException("cursors go forwards here", "NotSupportedError");
		const range = rangeOf(query);
		const request = new StoreRequest<StoreCursor | null>();
		request.source = this;
		return this.within.ask(request, () => {
			const [first, ...rest] = this.find(range);
			return first === undefined ? null : new StoreCursor(this, request, [first, ...rest]);
		});
	}

	/** Answers the request of a cursor once more. */
	goOn(request: StoreRequest<StoreCursor | null>, work: () => StoreCursor | null): void {
		request.reopen();
		this.within.ask(request, work);
	}

	private ask(work: () => unknown): StoreRequest {
		const request = new StoreRequest();
		request.source = this;
		return this.within.ask(request, work);
	}
}

export class ObjectStore extends RecordSource {
	readonly autoIncrement = false;
	private readonly database: string;
	private readonly indexes = new Map<string, StoreIndex>();

	constructor(name: string, { database, within }: { readonly database: string; readonly within: StoreTransaction }) {
		super(name, within, null);
		this.database = database;
	}

	get transaction(): StoreTransaction {
		return this.within;
	}

	get indexNames(): NameList {
		return nameList(this.table.indexes.keys());
	}

	override storeOf(): this {
		return this;
	}

	put(value: unknown, key?: unknown): StoreRequest {
		const copy = structuredClone(value);
		const at = requireKey(key);
		return this.change(() => this.store(at, copy));
	}

	add(value: unknown, key?: unknown): StoreRequest {
		const copy = structuredClone(value);
		const at = requireKey(key);
		return this.change(() => {
			if (this.table.has(at)) throw new DOMException("the key is there already", "ConstraintError");
			return this.store(at, copy);
		});
	}

	delete(query: unknown): StoreRequest {
		const range = rangeOf(requireQuery(query));
		return this.change(() => {
			for (const { primaryKey } of this.table.find(range)) this.remove(primaryKey);
		});
	}

	clear(): StoreRequest {
		return this.change(() => {
			const { table } = this;
			const before = table.all();
			for (const { key } of before) table.remove(key);
			this.within.changed({ kind: "clear", table: this.keptAs }, () => {
				for (const record of before) table.load(record);
			});
		});
	}

	index(name: string): StoreIndex {
		const shape = this.table.indexes.get(name);
		if (shape === undefined) throw new DOMException(`there is no index ${name}`, "NotFoundError");
		const index = this.indexes.get(name) ?? new StoreIndex(name, this, shape.keyPath);
		this.indexes.set(name, index);
		return index;
	}

	createIndex(name: string, keyPath: string | readonly string[], options?: IDBIndexParameters): StoreIndex {
		if (options?.multiEntry === true) throw new DOMException("no index of parts here", "NotSupportedError");
		this.table.indexes.set(name, { keyPath, isUnique: options?.unique === true });
		return this.index(name);
	}

	deleteIndex(name: string): void {
		this.table.indexes.delete(name);
		this.indexes.delete(name);
	}

	findByIndex(name: string, range: KeyRange | undefined): readonly FoundRecord[] {
		return this.table.findByIndex(name, range);
	}

	protected override find(range: KeyRange | undefined): readonly FoundRecord[] {
		return this.table.find(range);
	}

	private get table(): RecordTable {
		return this.within.tableOf(this.name);
	}

	private get keptAs(): string {
		return tableName(this.database, this.name);
	}

	private change(work: () => unknown): StoreRequest {
		if (this.within.mode === "readonly") throw new DOMException("it only reads", "ReadOnlyError");
		const request = new StoreRequest();
		request.source = this;
		return this.within.ask(request, work);
	}

	private store(key: StoreKey, value: unknown): StoreKey {
		const { table } = this;
		const before = table.has(key) ? table.remove(key) : undefined;
		const undo = (): void => {
			table.remove(key);
			if (before !== undefined) table.load(before);
		};
		try {
			const record = table.put(key, value);
			const change = { kind: "put", table: this.keptAs, key: JSON.stringify(key), value: record.value } as const;
			this.within.changed(change, undo);
		} catch (error) {
			undo();
			throw error;
		}
		return key;
	}

	private remove(key: StoreKey): void {
		const { table } = this;
		const before = table.remove(key);
		this.within.changed({ kind: "remove", table: this.keptAs, key: JSON.stringify(key) }, () => {
			if (before !== undefined) table.load(before);
		});
	}
}

export class StoreIndex extends RecordSource {
	readonly objectStore: ObjectStore;

	constructor(name: string, objectStore: ObjectStore, keyPath: string | readonly string[]) {
		super(name, objectStore.transaction, keyPath);
		this.objectStore = objectStore;
	}

	override storeOf(): ObjectStore {
		return this.objectStore;
	}

	protected override find(range: KeyRange | undefined): readonly FoundRecord[] {
		return this.objectStore.findByIndex(this.name, range);
	}
}

/** Goes through what was found when it was opened, in order. */
export class StoreCursor {
	readonly source: RecordSource;
	readonly direction = "next";
	readonly request: StoreRequest<StoreCursor | null>;
	private readonly records: readonly FoundRecord[];
	private at = 0;

	constructor(
		source: RecordSource,
		request: StoreRequest<StoreCursor | null>,
		records: readonly [FoundRecord, ...FoundRecord[]],
	) {
		this.source = source;
		this.request = request;
		this.records = records;
	}

	get key(): StoreKey | undefined {
		return this.records[this.at]?.key;
	}

	get primaryKey(): StoreKey | undefined {
		return this.records[this.at]?.primaryKey;
	}

	get value(): unknown {
		return this.records[this.at]?.value;
	}

	continue(): void {
		this.advance(1);
	}

	advance(count: number): void {
		this.source.goOn(this.request, () => {
			this.at += count;
			return this.at < this.records.length ? this : null;
		});
	}

	update(value: unknown): StoreRequest {
		return this.source.storeOf().put(value, this.primaryKey);
	}

	delete(): StoreRequest {
		return this.source.storeOf().delete(this.primaryKey);
	}
}

const atMost = (found: readonly FoundRecord[], count: number | undefined): readonly FoundRecord[] =>
	count === undefined || count === 0 ? found : found.slice(0, count);

const requireQuery = (query: unknown): unknown => {
	if (keyOf(query) === undefined && (query === undefined || query === null)) {
		throw new DOMException("a key or a range is needed", "DataError");
	}
	return query;
};
