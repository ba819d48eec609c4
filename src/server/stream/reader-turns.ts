/** Wakes readers who wait for news some at a time, and lets the process do other work between them. */
export interface ReaderTurns {
	/** Wakes now, or in one of the next turns of the event loop, in the order of the calls. */
	take(wake: () => void): void;
}

/** A woken reader writes to its socket at once: a thousand of them in one go would make everybody else wait. */
const turnSize = 50;

export const createReaderTurns = (): ReaderTurns => {
	const waiting: (() => void)[] = [];
	let wokenNow = 0;
	let isPlanned = false;
	const plan = (): void => {
		if (!isPlanned) setImmediate(turn);
		isPlanned = true;
	};
	const turn = (): void => {
		isPlanned = false;
		const next = waiting.splice(0, turnSize);
		wokenNow = next.length;
		if (wokenNow > 0) plan();
		for (const wake of next) wake();
	};
	return {
		take: (wake) => {
			plan();
			if (wokenNow >= turnSize) {
				waiting.push(wake);
				return;
			}
			wokenNow += 1;
			wake();
		},
	};
};
