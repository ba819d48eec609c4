import type { AudienceCache } from "./audience-cache.ts";
import { prepareChanges } from "./deliver-changes.ts";
import type { DeviceNewsStore } from "./device-ports.ts";
import type { StreamLog, StreamReads, StreamSource } from "./ports.ts";
import { createReaderTurns } from "./reader-turns.ts";
import { createStreamSubscriber, type StreamReader, type StreamSubscriber } from "./stream-subscriber.ts";
import type { SubscriberIndex } from "./subscriber-index.ts";

export interface StreamFollowerOptions {
	readonly store: StreamSource & Pick<DeviceNewsStore, "sharersOf">;
	readonly reads: StreamReads;
	readonly audiences: AudienceCache;
	readonly log: StreamLog;
	readonly subscribers: SubscriberIndex;
	/** These people may have come to know others, or to be seen by others, whom they were not before. */
	readonly onAcquainted: (userIds: readonly string[]) => void;
	/** So many ephemeral news were thrown away for a slow reader. */
	readonly onDropped: (count: number) => void;
}

/**
 * Reads the stream once per process and position and hands every subscriber what concerns them. Nobody's slowness
 * delays it: subscribers have waiting rooms.
 */
export interface StreamFollower {
	/** Subscribers have been handed everything up to here. */
	readonly position: number;
	readonly subscribers: SubscriberIndex;
	start(): Promise<void>;
	/** The stream has reached at least `position`, by what happened in these rooms; without one, ask the database. */
	poke(position?: number, roomNids?: readonly number[]): void;
	/** Resolves when the position is reached, or after `timeoutMs`: false. */
	reach(position: number, timeoutMs: number): Promise<boolean>;
	subscribe(reader: StreamReader): StreamSubscriber;
	unsubscribe(subscriber: StreamSubscriber): void;
	stop(): Promise<void>;
}

const retryMs = 250;
/** A gap longer than this is not taken into memory: everybody reads their own part of it. */
const longestStep = 5_000;
/** The facts of so many rooms are asked for before it is read what happened in them. */
const mostExpected = 100;

export const createStreamFollower = (options: StreamFollowerOptions): StreamFollower => {
	const { subscribers } = options;
	const waiters = new Set<() => void>();
	const turns = createReaderTurns();
	let position = 0;
	let target = 0;
	let mustAsk = false;
	let expected = new Set<number>();
	let running: Promise<void> | undefined;
	let isStopped = false;
	const step = async (): Promise<void> => {
		if (mustAsk) {
			mustAsk = false;
			target = Math.max(target, await options.store.position());
		}
		if (target <= position) return;
		const range = { from: position, to: target };
		const roomNids = expected.size > mostExpected ? [] : [...expected];
		expected = new Set();
		if (subscribers.size === 0 || range.to - range.from > longestStep) {
			options.audiences.clear();
			for (const subscriber of subscribers.all()) subscriber.overflow(range.to);
		} else {
			const deliver = await prepareChanges(options, { ...range, roomNids });
			options.onAcquainted(deliver(subscribers));
		}
		position = range.to;
		for (const wake of waiters) wake();
	};
	const run = async (): Promise<void> => {
		while (!isStopped && (mustAsk || target > position)) {
			try {
				await step();
			} catch (error) {
				options.log.warn({ err: error, position }, "the stream could not be read");
				options.audiences.clear();
				mustAsk = true;
				await new Promise((resolve) => setTimeout(resolve, retryMs));
			}
		}
		running = undefined;
	};
	const poke = (reached?: number, roomNids: readonly number[] = []): void => {
		if (reached === undefined) mustAsk = true;
		else target = Math.max(target, reached);
		for (const roomNid of roomNids) expected.add(roomNid);
		// A run with nothing to do would end before it is noted as running, and be taken for one that never ends.
		if (!isStopped && running === undefined && (mustAsk || target > position)) running = run();
	};
	return {
		get position() {
			return position;
		},
		subscribers,
		start: async () => {
			position = await options.store.position();
			target = position;
		},
		poke,
		reach: async (wanted, timeoutMs) => {
			if (position < wanted) poke();
			return waitUntil(waiters, () => position >= wanted, timeoutMs);
		},
		subscribe: (reader) => {
			const subscriber = createStreamSubscriber(reader, { position, turns, onDropped: options.onDropped });
			subscribers.add(subscriber);
			return subscriber;
		},
		unsubscribe: (subscriber) => {
			subscribers.remove(subscriber);
			subscriber.end();
		},
		stop: async () => {
			isStopped = true;
			for (const subscriber of subscribers.all()) subscriber.end();
			await running;
		},
	};
};

/** Resolves with true when the condition holds after a step, with false when the time is up. */
const waitUntil = (steps: Set<() => void>, holds: () => boolean, timeoutMs: number): Promise<boolean> =>
	new Promise((resolve) => {
		if (holds()) {
			resolve(true);
			return;
		}
		const settle = (): void => {
			clearTimeout(timer);
			steps.delete(look);
			resolve(holds());
		};
		const look = (): void => {
			if (holds()) settle();
		};
		const timer = setTimeout(settle, timeoutMs);
		steps.add(look);
	});
