import { type Observable, observable } from "../store/observable.ts";
import { comparePositions } from "../store/position.ts";
import { type CallFailure, failureOf } from "../trpc/errors.ts";
import type { MessageChange, OutboxEntry } from "./outbox-entry.ts";
import type { OutboxState, OutgoingPicture } from "./outbox-item.ts";
import type { OutboxStorage } from "./outbox-storage.ts";

/** What the server answers when something is on its disk. */
export interface SentReceipt {
	readonly eventId: string;
	readonly position: string;
	readonly originServerTs: number;
}

export interface OutboxPorts {
	readonly storage: OutboxStorage;
	/** Hands one entry to the server. A second call with the same transaction id returns the first answer. */
	readonly transmit: (entry: OutboxEntry) => Promise<SentReceipt>;
	/** Runs work while no other window of the account sends in the room; waits for its turn. */
	readonly inTurn: (roomId: string, work: () => Promise<void>) => Promise<void>;
	/** An entry is done with: sent and seen, or given up. */
	readonly ended: (entry: OutboxEntry) => void;
	/** Tells the other windows of the account. */
	readonly announce: (news: OutboxNews) => void;
	readonly newId: () => string;
	readonly now: () => number;
	/** Calls back once after so many milliseconds. */
	readonly later: (callback: () => void, delayMs: number) => void;
}

/** What a window tells the others. */
export type OutboxNews =
	| { readonly kind: "changed"; readonly entry: OutboxEntry }
	| { readonly kind: "removed"; readonly transactionId: string };

/** What a person writes. */
export interface OutgoingMessage {
	readonly userId: string;
	readonly roomId: string;
	readonly body: string;
	readonly picture?: OutgoingPicture | undefined;
	readonly replyTo?: string | undefined;
	readonly mentions?: readonly string[] | undefined;
	readonly isAutomatic?: true | undefined;
}

/** What a person changes. */
export interface OutgoingChange {
	readonly userId: string;
	readonly roomId: string;
	readonly change: MessageChange;
}

/** Refusals that pass by themselves: the entry keeps its place and is tried again. */
const transient: ReadonlySet<CallFailure["code"]> = new Set([
	"offline",
	"too-many-requests",
	"unavailable",
	"internal",
	// The room became encrypted a moment ago: the next try knows.
	"encryption-required",
]);

/**
 * The queue of what is on its way out: one at a time per room and in order, kept over a reload, tried again until the
 * server has it or refuses it. A failed entry does not hold up those after it. Every window of an account shows the same
 * queue; whichever has the turn of a room sends, and the next one takes over when it is gone.
 */
export class Outbox {
	readonly items: Observable<readonly OutboxEntry[]> = observable<readonly OutboxEntry[]>([]);
	readonly #ports: OutboxPorts;
	readonly #busyRooms = new Set<string>();
	#isOpen = false;
	/** Where the stream has come to. */
	#settled: string | undefined;
	#attempts = 0;
	#isRetryPlanned = false;

	constructor(ports: OutboxPorts) {
		this.#ports = ports;
	}

	/** Shows what earlier pages left. Nothing is sent before `open`. */
	async restore(): Promise<void> {
		const back = await this.#ports.storage.load();
		const known = new Set(this.items.get().map((entry) => entry.transactionId));
		this.items.set((items) => inOrder([...back.filter((entry) => !known.has(entry.transactionId)), ...items]));
		this.flush();
	}

	/** Begins to send: the server has said that this is the account that wrote it. */
	open(): void {
		this.#isOpen = true;
		this.flush();
	}

	/** Forgets everything and stops. */
	close(): void {
		this.#isOpen = false;
		this.items.set(() => []);
	}

	/** Takes a message or a change in; it is visible at once. */
	add(outgoing: OutgoingMessage | OutgoingChange): void {
		const last = this.items.get().at(-1)?.createdTs ?? 0;
		const entry = newEntry(outgoing, {
			transactionId: this.#ports.newId(),
			// Windows sort by it: what is written later must not look earlier.
			createdTs: Math.max(this.#ports.now(), last + 1),
			state: { kind: "queued" },
		});
		const isNext = this.#isOpen && !this.#isBusy(entry.roomId);
		// The server works while the page draws: what the page makes of an entry comes after it has been handed over.
		const receipt = isNext ? this.#ports.transmit(entry) : undefined;
		this.items.set((items) => [...items, entry]);
		if (receipt !== undefined) void this.#drain(entry.roomId, this.#conclude(entry, receipt));
		void this.#keep(entry);
	}

	/** Sends a failed entry again. */
	retry(transactionId: string): void {
		this.#change(transactionId, { kind: "queued" });
		this.flush();
	}

	/** Drops an entry: its writer gave it up. */
	remove(transactionId: string): void {
		this.#drop(transactionId);
		this.#ports.announce({ kind: "removed", transactionId });
	}

	/** The stream has come to a position, and brought these entries back as events: they are done here. */
	settle(position: string, transactionIds: ReadonlySet<string>): void {
		this.#settled = position;
		for (const entry of this.items.get()) {
			if (this.#isPassed(entry) || transactionIds.has(entry.transactionId)) this.#drop(entry.transactionId);
		}
	}

	/** Another window of the account has news. */
	hear(news: OutboxNews): void {
		if (news.kind === "removed") {
			this.#end(news.transactionId);
			return;
		}
		const { entry } = news;
		if (this.#isPassed(entry)) {
			this.#drop(entry.transactionId);
			return;
		}
		this.items.set((items) => inOrder([...items.filter((one) => one.transactionId !== entry.transactionId), entry]));
		this.flush();
	}

	/** Starts every room that has something waiting. Harmless at any time: rooms under way are left alone. */
	flush(): void {
		if (!this.#isOpen) return;
		const waiting = this.items.get().filter((entry) => entry.state.kind === "queued");
		for (const roomId of new Set(waiting.map((entry) => entry.roomId))) {
			if (!this.#busyRooms.has(roomId)) void this.#drain(roomId);
		}
	}

	/** True while this window sends in the room, or something of any window waits to be sent there. */
	#isBusy(roomId: string): boolean {
		const isWaiting = ({ state }: OutboxEntry): boolean => state.kind === "queued" || state.kind === "sending";
		return this.#busyRooms.has(roomId) || this.items.get().some((one) => one.roomId === roomId && isWaiting(one));
	}

	/**
	 * Sends what waits in a room, in turn. An entry that nothing waits before, in any window, need not wait for the turn
	 * itself: asking for it takes longer than the server does to answer. The turn then covers what is left of the sending.
	 */
	async #drain(roomId: string, sending?: Promise<boolean>): Promise<void> {
		this.#busyRooms.add(roomId);
		try {
			await this.#ports.inTurn(roomId, async () => {
				if (sending !== undefined && !(await sending)) return;
				for (;;) {
					const next = this.items.get().find((entry) => entry.roomId === roomId && entry.state.kind === "queued");
					if (next === undefined || !this.#isOpen || !(await this.#send(next))) return;
				}
			});
		} finally {
			this.#busyRooms.delete(roomId);
		}
	}

	/** True when the room may go on with its next entry. */
	async #send(entry: OutboxEntry): Promise<boolean> {
		const waitMs = entry.state.kind === "queued" ? (entry.state.notBefore ?? 0) - this.#ports.now() : 0;
		if (waitMs > 0) {
			this.#planRetry(waitMs);
			return false;
		}
		return this.#conclude(entry, this.#ports.transmit(entry));
	}

	/** Waits for what the server says to an entry. True when the room may go on with its next one. */
	async #conclude(entry: OutboxEntry, receipt: Promise<SentReceipt>): Promise<boolean> {
		this.#change(entry.transactionId, { kind: "sending" });
		try {
			const { eventId, position, originServerTs } = await receipt;
			this.#attempts = 0;
			this.#change(entry.transactionId, { kind: "stored", eventId, position, originServerTs });
			return true;
		} catch (error) {
			return this.#give(entry.transactionId, failureOf(error));
		}
	}

	#give(transactionId: string, { code, retryAfterMs }: CallFailure): boolean {
		if (!transient.has(code)) {
			this.#change(transactionId, { kind: "failed", code });
			return true;
		}
		const notBefore = retryAfterMs === undefined ? undefined : this.#ports.now() + retryAfterMs;
		this.#change(transactionId, { kind: "queued", ...(notBefore !== undefined && { notBefore }) });
		this.#planRetry(retryAfterMs ?? Math.min(1000 * 2 ** this.#attempts, 30_000));
		this.#attempts += 1;
		return false;
	}

	#planRetry(delayMs: number): void {
		if (this.#isRetryPlanned) return;
		this.#isRetryPlanned = true;
		this.#ports.later(() => {
			this.#isRetryPlanned = false;
			this.flush();
		}, delayMs);
	}

	#change(transactionId: string, state: OutboxState): void {
		const entry = this.items.get().find((one) => one.transactionId === transactionId);
		if (entry === undefined) return;
		const changed: OutboxEntry = { ...entry, state };
		if (this.#isPassed(changed)) {
			this.#drop(transactionId);
			return;
		}
		this.items.set((items) => items.map((one) => (one.transactionId === transactionId ? changed : one)));
		// Who is sending is nobody else's concern: a page that is gone while it sends leaves the entry queued.
		if (state.kind !== "sending") void this.#keep(changed);
	}

	/** True for what the stream has brought already. */
	#isPassed({ state }: OutboxEntry): boolean {
		if (state.kind !== "stored" || this.#settled === undefined) return false;
		return comparePositions(state.position, this.#settled) <= 0;
	}

	async #keep(entry: OutboxEntry): Promise<void> {
		this.#ports.announce({ kind: "changed", entry });
		await this.#ports.storage.save(entry);
	}

	#drop(transactionId: string): void {
		this.#end(transactionId);
		void this.#ports.storage.remove(transactionId);
	}

	#end(transactionId: string): void {
		const entry = this.items.get().find((one) => one.transactionId === transactionId);
		if (entry === undefined) return;
		this.items.set((items) => items.filter((one) => one !== entry));
		this.#ports.ended(entry);
	}
}

function newEntry(outgoing: OutgoingMessage | OutgoingChange, base: NewEntry): OutboxEntry {
	const { userId, roomId } = outgoing;
	if ("change" in outgoing) return { ...base, userId, roomId, change: outgoing.change };
	const { body, picture, replyTo, mentions, isAutomatic } = outgoing;
	return {
		...base,
		userId,
		roomId,
		body,
		...(picture !== undefined && { picture }),
		...(replyTo !== undefined && { replyTo }),
		...(mentions !== undefined && mentions.length > 0 && { mentions }),
		...(isAutomatic === true && { isAutomatic }),
	};
}

type NewEntry = Pick<OutboxEntry, "transactionId" | "createdTs" | "state">;

/** The order in which things were written, the same in every window. */
function inOrder(entries: readonly OutboxEntry[]): readonly OutboxEntry[] {
	return entries.toSorted((a, b) => a.createdTs - b.createdTs || (a.transactionId < b.transactionId ? -1 : 1));
}
