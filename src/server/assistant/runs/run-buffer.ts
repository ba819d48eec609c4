import type { WireRunEvent } from "../../../shared/wire/assistant.ts";

/** What a run has said so far, for whoever follows it from wherever they were. */
export interface RunBuffer {
	/** What comes after the end is not taken. */
	push(event: WireRunEvent): void;
	hasEnded(): boolean;
	/** Everything after a position, as it comes, until the end or the signal. Positions count from 1. */
	follow(
		after: number,
		signal: AbortSignal,
	): AsyncGenerator<{ readonly position: number; readonly event: WireRunEvent }>;
	/** How many follow it now. */
	followers(): number;
}

const isLast = ({ kind }: WireRunEvent): boolean => kind === "done" || kind === "failed" || kind === "cancelled";

/** Kept in memory alone: text of people is in it. */
export const createRunBuffer = (onFollowers: (count: number) => void = () => undefined): RunBuffer => {
	const events: WireRunEvent[] = [];
	const wakes = new Set<() => void>();
	let hasEnded = false;
	let followers = 0;
	const change = (by: number): void => {
		followers += by;
		onFollowers(followers);
	};
	return {
		hasEnded: () => hasEnded,
		followers: () => followers,
		push: (event) => {
			if (hasEnded) return;
			events.push(event);
			hasEnded = isLast(event);
			for (const wake of wakes) wake();
		},
		follow: async function* (after, signal) {
			let position = Math.max(0, after);
			let wake: () => void = () => undefined;
			const onWake = (): void => wake();
			wakes.add(onWake);
			signal.addEventListener("abort", onWake);
			change(1);
			try {
				while (!signal.aborted) {
					const event = events[position];
					if (event !== undefined) {
						position += 1;
						yield { position, event };
					} else if (hasEnded) return;
					else {
						await new Promise<void>((resolve) => {
							wake = resolve;
						});
					}
				}
			} finally {
				wakes.delete(onWake);
				signal.removeEventListener("abort", onWake);
				change(-1);
			}
		},
	};
};
