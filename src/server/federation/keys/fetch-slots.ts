/** Bounds how much is under way at once; `undefined` when too much waits already. */
export type FetchSlots = <T>(work: () => Promise<T>) => Promise<T | undefined>;

/** Requests of strangers make this server ask for their keys, so that nobody may make it ask without end. */
const mostAtOnce = 32;
const mostWaiting = 256;

export const createFetchSlots = (): FetchSlots => {
	const waiting: (() => void)[] = [];
	let running = 0;
	return async (work) => {
		if (running < mostAtOnce) running += 1;
		else if (waiting.length >= mostWaiting) return undefined;
		else await new Promise<void>((resolve) => waiting.push(resolve));
		try {
			return await work();
		} finally {
			const next = waiting.shift();
			if (next === undefined) running -= 1;
			else next();
		}
	};
};
