/** Lets so many pieces of work run at a time; the others wait, in order. */
export function atMost(count: number): <T>(work: () => Promise<T>) => Promise<T> {
	const waiting: (() => void)[] = [];
	let running = 0;
	return async (work) => {
		if (running >= count) await new Promise<void>((resolve) => waiting.push(resolve));
		else running += 1;
		try {
			return await work();
		} finally {
			// The turn is handed on, so that nobody who comes now takes it before those who wait.
			const next = waiting.shift();
			if (next === undefined) running -= 1;
			else next();
		}
	};
}
