/** The time of a simulation: the machine's, and what was skipped of it. */
export interface SimulatedTime {
	/** Milliseconds since the Unix epoch. */
	now(): number;
	/** All clocks go forward by so much at once; timers that run do not end the sooner. */
	skip(ms: number): void;
	/** A clock that is wrong by so much. */
	wrongBy(ms: number): { now(): number };
}

export const createSimulatedTime = (): SimulatedTime => {
	let skippedMs = 0;
	const now = (): number => Date.now() + skippedMs;
	return {
		now,
		skip: (ms) => {
			skippedMs += ms;
		},
		wrongBy: (ms) => ({ now: () => now() + ms }),
	};
};

/** Resolves after so many real milliseconds. */
export const pause = (ms: number): Promise<void> =>
	ms <= 0 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, ms));
