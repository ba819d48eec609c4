import type { Bus, StreamLog, StreamStore } from "./ports.ts";

const flushAfterMs = 150;
const retryAfterMs = 1_000;

/** Gathers what devices acknowledge and writes it down a few times a second, however many devices there are. */
export interface Acknowledger {
	acknowledge(device: { readonly sessionId: string; readonly userId: string; readonly position: number }): void;
	/** Writes down what waits, for the last time. */
	close(): Promise<void>;
}

export const createAcknowledger = (options: {
	readonly store: StreamStore;
	readonly bus: Bus;
	readonly log: StreamLog;
}): Acknowledger => {
	let waiting = new Map<string, { userId: string; position: number }>();
	let timer: NodeJS.Timeout | undefined;
	let isClosed = false;
	const flush = async (): Promise<void> => {
		clearTimeout(timer);
		timer = undefined;
		const taken = waiting;
		waiting = new Map();
		if (taken.size === 0) return;
		try {
			const moved = await options.store.acknowledge(
				[...taken].map(([sessionId, { position }]) => ({ sessionId, position })),
			);
			// Devices acknowledge what they are told, also of ticks: telling of nothing new would go round for ever.
			if (moved.length > 0) options.bus.publish({ kind: "acknowledged", userIds: [...new Set(moved)] });
		} catch (error) {
			options.log.warn({ err: error }, "acknowledged positions were not stored");
			// A device that hears nothing more acknowledges nothing more: what it said is kept.
			for (const [sessionId, row] of taken) if (!waiting.has(sessionId)) waiting.set(sessionId, row);
			if (!isClosed) timer ??= setTimeout(() => void flush(), retryAfterMs);
		}
	};
	return {
		acknowledge: ({ sessionId, userId, position }) => {
			// What is no position of this stream must not break the statement that it shares with other devices.
			if (!(position > 0)) return;
			const known = waiting.get(sessionId);
			if (known === undefined || known.position < position) waiting.set(sessionId, { userId, position });
			timer ??= setTimeout(() => void flush(), flushAfterMs);
		},
		close: async () => {
			isClosed = true;
			await flush();
		},
	};
};
