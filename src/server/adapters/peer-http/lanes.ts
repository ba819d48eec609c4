/** Bounds how much is under way for each of many keys. */
export interface Lanes {
	/** Runs the work when its turn comes; `undefined` when too much waits already, or the wait was ended. */
	run<T>(key: string, work: () => Promise<T>, signal: AbortSignal): Promise<T | undefined>;
}

interface Lane {
	running: number;
	readonly waiting: Set<() => void>;
}

export const createLanes = ({
	atOnce,
	mostWaiting,
}: {
	readonly atOnce: number;
	readonly mostWaiting: number;
}): Lanes => {
	const lanes = new Map<string, Lane>();

	const leave = (key: string, lane: Lane): void => {
		const [next] = lane.waiting;
		if (next !== undefined) {
			next();
			return;
		}
		lane.running -= 1;
		if (lane.running === 0) lanes.delete(key);
	};

	return {
		run: async (key, work, signal) => {
			const lane = lanes.get(key) ?? { running: 0, waiting: new Set() };
			lanes.set(key, lane);
			if (lane.running < atOnce) lane.running += 1;
			else if (lane.waiting.size >= mostWaiting || !(await turnIn(lane, signal))) return undefined;
			try {
				return await work();
			} finally {
				leave(key, lane);
			}
		},
	};
};

/** Whoever leaves hands its place over, so that the count stays. False: the signal came first. */
const turnIn = (lane: Lane, signal: AbortSignal): Promise<boolean> =>
	new Promise((resolve) => {
		const end = (isTurn: boolean): void => {
			lane.waiting.delete(take);
			signal.removeEventListener("abort", giveUp);
			resolve(isTurn);
		};
		const take = (): void => end(true);
		const giveUp = (): void => end(false);
		lane.waiting.add(take);
		signal.addEventListener("abort", giveUp);
		if (signal.aborted) giveUp();
	});
