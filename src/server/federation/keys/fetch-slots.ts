import { atMost } from "../../../shared/at-most.ts";

/** Bounds how much is under way at once; `undefined` when too much waits already. */
export type FetchSlots = <T>(work: () => Promise<T>) => Promise<T | undefined>;

/** Requests of strangers make this server ask for their keys, so that nobody may make it ask without end. */
const mostAtOnce = 32;
const mostWaiting = 256;

export const createFetchSlots = (): FetchSlots => {
	const inTurn = atMost(mostAtOnce);
	let here = 0;
	return async (work) => {
		if (here >= mostAtOnce + mostWaiting) return undefined;
		here += 1;
		try {
			return await inTurn(work);
		} finally {
			here -= 1;
		}
	};
};
