import type { Bus, StreamLog, StreamStore } from "./ports.ts";

const flushAfterMs = 150;

/** Gathers what devices acknowledge and writes it down a few times a second, however many devices there are. */
export interface Acknowledger {
	acknowledge(device: { readonly sessionId: string; readonly userId: string; readonly position: number }): void;
	/** Writes down what waits. */
	flush(): Promise<void>;
}

export const createAcknowledger = (options: {
	readonly store: StreamStore;
	readonly bus: Bus;
	readonly log: StreamLog;
}): Acknowledger => {
	let waiting = new Map<string, { userId: string; position: number }>();
	let timer: NodeJS.Timeout | undefined;
	const flush = async (): Promise<void> => {
		clearTimeout(timer);
		timer = undefined;
		const taken = waiting;
		waiting = new Map();
		if (taken.size === 0) return;
		try {
			await options.store.acknowledge([...taken].map(([sessionId, { position }]) => ({ sessionId, position })));
			options.bus.publish({
				kind: "acknowledged",
				userIds: [...new Set([...taken.values()].map((row) => row.userId))],
			});
		} catch (error) {
			// The next acknowledgement of the device says more than the lost one.
			options.log.warn({ err: error }, "acknowledged positions were not stored");
		}
	};
	return {
		acknowledge: ({ sessionId, userId, position }) => {
			const known = waiting.get(sessionId);
			if (known === undefined || known.position < position) waiting.set(sessionId, { userId, position });
			timer ??= setTimeout(() => void flush(), flushAfterMs);
		},
		flush,
	};
};
