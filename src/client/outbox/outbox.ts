import { type Observable, observable } from "../store/observable.ts";
import { type CallFailure, failureOf } from "../trpc/errors.ts";
import type { OutboxItem } from "./outbox-item.ts";
import type { OutboxStorage } from "./outbox-storage.ts";

/** What the server answers when a message is on its disk. */
export interface SentReceipt {
	readonly eventId: string;
	readonly position: string;
	readonly originServerTs: number;
}

export interface OutboxPorts {
	readonly storage: OutboxStorage;
	/** Hands one message to the server. A second call with the same transaction id returns the first answer. */
	readonly transmit: (item: OutboxItem) => Promise<SentReceipt>;
	readonly newId: () => string;
	readonly now: () => number;
	/** Calls back once after so many milliseconds. */
	readonly later: (callback: () => void, delayMs: number) => void;
}

/** What a person writes. */
export interface OutgoingMessage {
	readonly userId: string;
	readonly roomId: string;
	readonly body: string;
	readonly replyTo?: string | undefined;
}

/** Refusals that pass by themselves: the message keeps its place and is tried again. */
const transient: ReadonlySet<CallFailure["code"]> = new Set([
	"offline",
	"too-many-requests",
	"unavailable",
	"internal",
]);

/**
 * The queue of messages on their way out: one at a time per room and in order, kept over a reload, tried again until the
 * server has them or refuses them. A failed message does not hold up those after it.
 */
export class Outbox {
	readonly items: Observable<readonly OutboxItem[]> = observable<readonly OutboxItem[]>([]);
	readonly #ports: OutboxPorts;
	readonly #busyRooms = new Set<string>();
	#attempts = 0;
	#isRetryPlanned = false;

	constructor(ports: OutboxPorts) {
		this.#ports = ports;
	}

	/** Brings back what an earlier page left; what was under way is sent again under its old id. */
	async restore(userId: string): Promise<void> {
		const stored = await this.#ports.storage.load(userId);
		const back = stored.map((item): OutboxItem => {
			return item.state.kind === "sending" ? { ...item, state: { kind: "queued" } } : item;
		});
		const known = new Set(this.items.get().map((item) => item.transactionId));
		this.items.set((items) => [...back.filter((item) => !known.has(item.transactionId)), ...items]);
		this.flush();
	}

	/** Takes a message in; it is visible at once. */
	add(message: OutgoingMessage): void {
		const item: OutboxItem = {
			transactionId: this.#ports.newId(),
			userId: message.userId,
			roomId: message.roomId,
			body: message.body,
			...(message.replyTo !== undefined && { replyTo: message.replyTo }),
			createdTs: this.#ports.now(),
			state: { kind: "queued" },
		};
		this.items.set((items) => [...items, item]);
		void this.#ports.storage.save(item);
		this.flush();
	}

	/** Sends a failed message again. */
	retry(transactionId: string): void {
		this.#change(transactionId, { kind: "queued" });
		this.flush();
	}

	/** Drops a message: it was deleted by its writer, or it has come back as an event. */
	remove(transactionId: string): void {
		this.items.set((items) => items.filter((item) => item.transactionId !== transactionId));
		void this.#ports.storage.remove(transactionId);
	}

	async clear(userId: string): Promise<void> {
		this.items.set(() => []);
		await this.#ports.storage.clear(userId);
	}

	/** Starts every room that has something waiting. Harmless at any time: rooms under way are left alone. */
	flush(): void {
		const waiting = this.items.get().filter((item) => item.state.kind === "queued");
		for (const roomId of new Set(waiting.map((item) => item.roomId))) {
			if (!this.#busyRooms.has(roomId)) void this.#drain(roomId);
		}
	}

	async #drain(roomId: string): Promise<void> {
		this.#busyRooms.add(roomId);
		try {
			for (;;) {
				const next = this.items.get().find((item) => item.roomId === roomId && item.state.kind === "queued");
				if (next === undefined || !(await this.#send(next))) return;
			}
		} finally {
			this.#busyRooms.delete(roomId);
		}
	}

	/** True when the room may go on with its next message. */
	async #send(item: OutboxItem): Promise<boolean> {
		this.#change(item.transactionId, { kind: "sending" });
		try {
			const receipt = await this.#ports.transmit(item);
			this.#attempts = 0;
			this.#change(item.transactionId, { kind: "stored", ...receipt });
			void this.#ports.storage.remove(item.transactionId);
			return true;
		} catch (error) {
			const failure = failureOf(error);
			if (transient.has(failure.code)) {
				this.#change(item.transactionId, { kind: "queued" });
				this.#planRetry(failure.retryAfterMs);
				return false;
			}
			this.#change(item.transactionId, { kind: "failed", code: failure.code });
			return true;
		}
	}

	#planRetry(retryAfterMs: number | undefined): void {
		if (this.#isRetryPlanned) return;
		this.#isRetryPlanned = true;
		const delayMs = retryAfterMs ?? Math.min(1000 * 2 ** this.#attempts, 30_000);
		this.#attempts += 1;
		this.#ports.later(() => {
			this.#isRetryPlanned = false;
			this.flush();
		}, delayMs);
	}

	#change(transactionId: string, state: OutboxItem["state"]): void {
		const item = this.items.get().find((one) => one.transactionId === transactionId);
		if (item === undefined) return;
		const changed: OutboxItem = { ...item, state };
		this.items.set((items) => items.map((one) => (one.transactionId === transactionId ? changed : one)));
		if (state.kind !== "stored" && state.kind !== "sending") void this.#ports.storage.save(changed);
	}
}
