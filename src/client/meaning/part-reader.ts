/** What is read part by part. */
export interface PartWork<One> {
	/** What is left to be read, in its order. */
	missing(): Promise<readonly One[]>;
	/** Reads a part. What comes after the signal is not to be kept. */
	read(part: readonly One[], signal: AbortSignal): Promise<void>;
	/** Told before each part, and at the end. */
	tell(kind: "reading" | "failed" | "done", left: number): void;
}

export interface PartReader {
	/** Begins, in the place of what was read before: only the part that is under way is ended first, so that none is read twice. */
	read<One>(work: PartWork<One>): Promise<void>;
	/** Ends the part that is under way, too. */
	stop(): void;
}

/** Reads one thing at a time. @param size of a part */
export const createPartReader = (size: number): PartReader => {
	let turn = 0;
	let life = new AbortController();
	let underway: Promise<void> = Promise.resolve();
	return {
		read: async (work) => {
			turn += 1;
			const own = turn;
			const { signal } = life;
			await underway;
			if (own !== turn) return;
			const missing = await work.missing();
			for (let from = 0; from < missing.length; from += size) {
				if (own !== turn) return;
				work.tell("reading", missing.length - from);
				const reading = work.read(missing.slice(from, from + size), signal);
				underway = reading.catch(() => undefined);
				try {
					await reading;
				} catch {
					if (own === turn) work.tell("failed", missing.length - from);
					return;
				}
			}
			if (own === turn) work.tell("done", 0);
		},
		stop: () => {
			turn += 1;
			life.abort();
			life = new AbortController();
		},
	};
};
