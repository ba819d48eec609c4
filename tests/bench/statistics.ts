/** The value that a share of the values does not exceed; nearest rank. */
export function percentile(values: readonly number[], share: number): number {
	const sorted = [...values].sort((one, other) => one - other);
	return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => percentile(values, 0.5);

/** Milliseconds that the work took. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
	const startMs = performance.now();
	await work();
	return performance.now() - startMs;
}

/** Does the work for each item, some at a time, in the order in which the items stand. */
export async function inParallel<Item, Result>(
	items: readonly Item[],
	lanes: number,
	work: (item: Item, index: number) => Promise<Result>,
): Promise<Result[]> {
	const results: Result[] = [];
	const entries = items.entries();
	const lane = async (): Promise<void> => {
		for (const [index, item] of entries) results[index] = await work(item, index);
	};
	await Promise.all(Array.from({ length: lanes }, lane));
	return results;
}

export const range = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);
