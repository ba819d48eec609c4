import { type Observable, observable } from "../store/observable.ts";

export interface WaitMeans {
	readonly now: () => number;
	/** Calls back once; answers the way to forget it. */
	readonly later: (callback: () => void, delayMs: number) => () => void;
}

/** The pauses between tries to reach the server, which end early when somebody is in a hurry. */
export interface Waits {
	/** When the next try is due; `undefined` while one is under way, or none is needed. */
	readonly nextAt: Observable<number | undefined>;
	/** Ends after a while, or with the signal. True: somebody was in a hurry. */
	wait(delayMs: number, signal: AbortSignal): Promise<boolean>;
	/** The person, or the network that came back, does not want to wait. */
	hurry(): void;
	/** Calls back at each hurry. */
	onHurry(listener: () => void): () => void;
}

export function createWaits({ now, later }: WaitMeans): Waits {
	const nextAt = observable<number | undefined>(undefined);
	const due = new Set<number>();
	const listeners = new Set<() => void>();
	const tell = (): void => nextAt.set(() => (due.size === 0 ? undefined : Math.min(...due)));
	const onHurry = (listener: () => void): (() => void) => {
		listeners.add(listener);
		return () => listeners.delete(listener);
	};
	return {
		nextAt,
		onHurry,
		wait: (delayMs, signal) =>
			new Promise((resolve) => {
				if (delayMs <= 0 || signal.aborted) return resolve(false);
				// Two waits may end in the same millisecond, and each has a place of its own.
				let at = now() + delayMs;
				while (due.has(at)) at += 1;
				const end = (isHurried: boolean): void => {
					due.delete(at);
					forget();
					stopListening();
					signal.removeEventListener("abort", onAbort);
					tell();
					resolve(isHurried);
				};
				const onAbort = (): void => end(false);
				const forget = later(() => end(false), delayMs);
				const stopListening = onHurry(() => end(true));
				signal.addEventListener("abort", onAbort);
				due.add(at);
				tell();
			}),
		hurry: () => {
			for (const listener of [...listeners]) listener();
		},
	};
}

/** The waits of this page. */
export const waits = createWaits({
	now: () => Date.now(),
	later: (callback, delayMs) => {
		const timer = setTimeout(callback, delayMs);
		return () => clearTimeout(timer);
	},
});
