import type { Log } from "../../shared/log.ts";

export interface RepeatedJob {
	readonly name: string;
	readonly everyMs: number;
	run(): Promise<void>;
}

/** Runs a job again and again, each time so long after its last end; a failure is logged and the next time it tries again. */
export const repeatJob = (job: RepeatedJob, log: Log): { stop(): Promise<void> } => {
	let running: Promise<void> = Promise.resolve();
	let timer: NodeJS.Timeout | undefined;
	let isStopped = false;
	const plan = (): void => {
		if (isStopped) return;
		timer = setTimeout(() => {
			running = attempt().then(plan);
		}, job.everyMs);
		timer.unref();
	};
	const attempt = async (): Promise<void> => {
		try {
			await job.run();
		} catch (err) {
			log.warn({ err, job: job.name }, "a job failed; it will be tried again");
		}
	};
	plan();
	return {
		stop: async () => {
			isStopped = true;
			clearTimeout(timer);
			await running;
		},
	};
};
