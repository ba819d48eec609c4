import { setImmediate as nextTurn } from "node:timers/promises";
import type { KeptChange, RecordKeeper } from "./record-keeper.ts";
import type { RecordTable } from "./record-table.ts";
import { Emitter, type NameList, nameList, type StoreRequest } from "./requests.ts";

export type TransactionMode = "readonly" | "readwrite" | "versionchange";

export interface TransactionParts {
	/** The database as whoever asks sees it. */
	readonly db: unknown;
	readonly mode: TransactionMode;
	readonly names: readonly string[];
	readonly keeper: RecordKeeper;
	readonly tableOf: (name: string) => RecordTable | undefined;
	readonly openStore: (transaction: StoreTransaction, name: string) => unknown;
	/** What of the database itself changed with it. */
	readonly ownChanges?: () => readonly KeptChange[];
}

/**
 * Questions and changes that count together. It is complete when what it changed is kept for good, and no other that touches
 * the same stores begins before.
 */
export class StoreTransaction extends Emitter {
	readonly db: unknown;
	readonly mode: TransactionMode;
	readonly durability = "strict";
	error: DOMException | null = null;
	private readonly parts: TransactionParts;
	private readonly queue: { readonly request: StoreRequest; readonly work: () => unknown }[] = [];
	private readonly changes: KeptChange[] = [];
	private readonly undoing: (() => void)[] = [];
	private readonly stores = new Map<string, unknown>();
	private isOver = false;
	private isAborted = false;

	constructor(parts: TransactionParts) {
		super(["complete", "abort", "error"]);
		this.parts = parts;
		this.db = parts.db;
		this.mode = parts.mode;
	}

	get objectStoreNames(): NameList {
		return nameList(this.parts.names);
	}

	/** True: what one changes the other must not see half done. */
	conflictsWith(other: StoreTransaction): boolean {
		if (this.mode === "versionchange" || other.mode === "versionchange") return true;
		if (this.mode === "readonly" && other.mode === "readonly") return false;
		return this.parts.names.some((name) => other.parts.names.includes(name));
	}

	objectStore(name: string): unknown {
		const known = this.stores.get(name);
		if (known !== undefined) return known;
		const store = this.parts.openStore(this, name);
		this.stores.set(name, store);
		return store;
	}

	tableOf(name: string): RecordTable {
		const table = this.parts.tableOf(name);
		if (table === undefined) throw new DOMException(`there is no object store ${name}`, "NotFoundError");
		return table;
	}

	/** Answers the request by the work, in its turn. */
	ask<Result>(request: StoreRequest<Result>, work: () => Result): StoreRequest<Result> {
		if (this.isOver) throw new DOMException("the transaction is over", "TransactionInactiveError");
		request.transaction = this;
		this.queue.push({ request, work });
		return request;
	}

	/** A change was made, which is taken back by `undo` if the transaction does not come to its end. */
	changed(change: KeptChange, undo: () => void): void {
		if (this.mode === "readonly") throw new DOMException("it only reads", "ReadOnlyError");
		this.changes.push(change);
		this.undoing.push(undo);
	}

	/** What was asked for is still answered. */
	commit(): void {}

	abort(): void {
		if (this.isOver) throw new DOMException("the transaction is over", "InvalidStateError");
		this.isAborted = true;
	}

	/** Does everything that is asked for until nothing more is, and keeps what changed. Never rejects. */
	async run(): Promise<void> {
		while (!this.isAborted) {
			const next = this.queue.shift();
			if (next === undefined) {
				// Whoever heard an answer may ask on as long as their turn lasts.
				await nextTurn();
				if (this.queue.length === 0) break;
			} else {
				this.answer(next.request, next.work);
				await Promise.resolve();
			}
		}
		await this.end();
	}

	private answer(request: StoreRequest, work: () => unknown): void {
		try {
			request.settle(work());
		} catch (error) {
			request.fail(error);
			if (request.emit("error")) this.giveUp(request.error);
			return;
		}
		request.emit("success");
	}

	private giveUp(error: DOMException | null): void {
		this.isAborted = true;
		this.error = error;
	}

	private async end(): Promise<void> {
		this.isOver = true;
		const changes = this.isAborted ? [] : [...this.changes, ...(this.parts.ownChanges?.() ?? [])];
		try {
			if (changes.length > 0) await this.parts.keeper.keep(changes);
		} catch {
			// The name that browsers give to a store which failed.
			this.giveUp(new DOMException("it could not be kept", "UnknownError"));
		}
		if (this.isAborted) {
			for (const undo of this.undoing.toReversed()) undo();
			this.emit("abort");
		} else {
			this.emit("complete");
		}
	}
}
