/** Runs jobs in their order, a few at a time, and calls back with each as it ends. */
export async function runInLanes<Job>(
	jobs: readonly Job[],
	lanes: number,
	run: (job: Job) => Promise<void>,
): Promise<void> {
	const waiting = [...jobs];
	const lane = async (): Promise<void> => {
		for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) await run(job);
	};
	await Promise.all(Array.from({ length: lanes }, lane));
}
