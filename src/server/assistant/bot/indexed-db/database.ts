import { deserialize, serialize } from "node:v8";
import * as z from "zod";
import { ObjectStore } from "./object-store.ts";
import { type KeptChange, type RecordKeeper, shapesTable, tableName } from "./record-keeper.ts";
import { createRecordTable, type RecordTable } from "./record-table.ts";
import { Emitter, type NameList, nameList } from "./requests.ts";
import { StoreTransaction, type TransactionMode } from "./transaction.ts";

const shapeSchema = z.object({
	version: z.int(),
	stores: z.record(
		z.string(),
		z.record(z.string(), z.object({ keyPath: z.union([z.string(), z.array(z.string())]), isUnique: z.boolean() })),
	),
});

/** A database as it lies in memory, and the order in which it is worked on. */
export class DatabaseFile {
	readonly name: string;
	version = 0;
	readonly tables = new Map<string, RecordTable>();
	private readonly waiting: StoreTransaction[] = [];
	private readonly running = new Set<StoreTransaction>();

	constructor(name: string) {
		this.name = name;
	}

	/** Takes the shape on that was kept; its records are still to be loaded. */
	takeShape(kept: Uint8Array): void {
		const { version, stores } = shapeSchema.parse(deserialize(kept));
		this.version = version;
		for (const [name, indexes] of Object.entries(stores)) {
			const table = createRecordTable();
			for (const [index, shape] of Object.entries(indexes)) table.indexes.set(index, shape);
			this.tables.set(name, table);
		}
	}

	shape(): KeptChange {
		const stores = [...this.tables].map(([name, { indexes }]) => [name, Object.fromEntries(indexes)]);
		const value = serialize({ version: this.version, stores: Object.fromEntries(stores) });
		return { kind: "put", table: shapesTable, key: this.name, value };
	}

	/** Runs it when no earlier one stands in its way; resolves when it is over. */
	enter(transaction: StoreTransaction): Promise<void> {
		this.waiting.push(transaction);
		return new Promise((resolve) => {
			transaction.addEventListener("complete", () => resolve());
			transaction.addEventListener("abort", () => resolve());
			this.advance();
		});
	}

	private advance(): void {
		const held: StoreTransaction[] = [];
		for (const next of this.waiting.splice(0)) {
			if ([...this.running, ...held].some((other) => other.conflictsWith(next))) held.push(next);
			else this.begin(next);
		}
		this.waiting.unshift(...held);
	}

	private begin(transaction: StoreTransaction): void {
		this.running.add(transaction);
		void transaction.run().finally(() => {
			this.running.delete(transaction);
			this.advance();
		});
	}
}

/** A connection to a database. */
export class StoreDatabase extends Emitter {
	private readonly file: DatabaseFile;
	private readonly keeper: RecordKeeper;
	/** The change of its shape that is under way. */
	private upgrade: StoreTransaction | undefined;
	private readonly dropped: KeptChange[] = [];

	constructor(file: DatabaseFile, keeper: RecordKeeper) {
		super(["close", "versionchange", "abort", "error"]);
		this.file = file;
		this.keeper = keeper;
	}

	get name(): string {
		return this.file.name;
	}

	get version(): number {
		return this.file.version;
	}

	get objectStoreNames(): NameList {
		return nameList(this.file.tables.keys());
	}

	transaction(names: string | readonly string[], mode: TransactionMode = "readonly"): StoreTransaction {
		const wanted = typeof names === "string" ? [names] : [...names];
		for (const name of wanted) {
			if (!this.file.tables.has(name)) throw new DOMException(`there is no object store ${name}`, "NotFoundError");
		}
		const transaction = this.begin(mode, wanted);
		void this.file.enter(transaction);
		return transaction;
	}

	/** Begins the change of its shape; whoever begins it enters it. */
	beginUpgrade(version: number): StoreTransaction {
		this.file.version = version;
		this.upgrade = this.begin("versionchange", [...this.file.tables.keys()], () => [
			...this.dropped.splice(0),
			this.file.shape(),
		]);
		return this.upgrade;
	}

	endUpgrade(): void {
		this.upgrade = undefined;
	}

	createObjectStore(name: string, options?: IDBObjectStoreParameters): ObjectStore {
		if (options?.keyPath !== undefined || options?.autoIncrement === true) {
			throw new DOMException("keys are given from outside here", "NotSupportedError");
		}
		const upgrade = this.requireUpgrade();
		this.file.tables.set(name, createRecordTable());
		return upgrade.objectStore(name) as ObjectStore;
	}

	deleteObjectStore(name: string): void {
		this.requireUpgrade();
		if (!this.file.tables.delete(name)) throw new DOMException(`there is no object store ${name}`, "NotFoundError");
		this.dropped.push({ kind: "clear", table: tableName(this.name, name) });
	}

	/** What is under way goes on to its end, and there is nothing else to close. */
	close(): void {}

	private begin(mode: TransactionMode, names: readonly string[], ownChanges?: () => readonly KeptChange[]) {
		return new StoreTransaction({
			...{ db: this, mode, names, keeper: this.keeper },
			tableOf: (name) => this.file.tables.get(name),
			openStore: (within, name) => new ObjectStore(name, { database: this.name, within }),
			...(ownChanges === undefined ? {} : { ownChanges }),
		});
	}

	private requireUpgrade(): StoreTransaction {
		if (this.upgrade === undefined) throw new DOMException("its shape is not being changed", "InvalidStateError");
		return this.upgrade;
	}
}
