/** So many may do something at the same time; others wait in their order. */
export interface Slots {
	/** Does it when there is room. */
	within<T>(work: () => Promise<T>): Promise<T>;
}

export const createSlots = (count: number): Slots => {
	let free = count;
	const waiting: (() => void)[] = [];
	return {
		within: async (work) => {
			if (free > 0) free -= 1;
			else await new Promise<void>((resolve) => waiting.push(resolve));
			try {
				return await work();
			} finally {
				const next = waiting.shift();
				if (next === undefined) free += 1;
				else next();
			}
		},
	};
};
