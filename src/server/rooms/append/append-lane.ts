import { AppError } from "../../../shared/app-error.ts";
import type { AppendStore, AppendTransaction } from "../ports.ts";
import type { AppendJob } from "./append-job.ts";
import type { HeadCache } from "./head-cache.ts";
import { dropStaleHeads, type LoadedBatch, loadBatch } from "./load-batch.ts";
import { loadFromMemory } from "./load-from-memory.ts";
import { type PlanTools, planJob } from "./plan-job.ts";
import { emptyRowBatch, type RowBatch } from "./row-batch.ts";

/** What a committed batch changed: every position after `from` up to `to`. */
export interface Committed {
	readonly from: number;
	readonly to: number;
	readonly roomNids: readonly number[];
	/** Other servers for which something was queued; undefined: there may be some. */
	readonly destinations: readonly string[] | undefined;
}

export interface AppendLaneOptions {
	readonly store: AppendStore;
	readonly heads: HeadCache;
	readonly tools: PlanTools;
	/** Called after each commit, before its answers are given. */
	readonly onCommitted: (committed: Committed) => void;
	/** Jobs that may wait; more are refused with `unavailable`. */
	readonly maxWaiting?: number;
}

/**
 * The one way events enter this process's rooms. Jobs that arrive while a transaction is under way wait and go together
 * into the next one, so under load one flush to disk serves many messages. A job that refuses takes nothing with it; a
 * transaction that fails fails all its jobs, and nothing of them is stored.
 */
export interface AppendLane {
	submit<Answer>(job: AppendJob<Answer>): Promise<Answer>;
	/**
	 * For what has to read more than a job can declare: `work` runs in a transaction of its own, in its turn, and what it
	 * puts into the batch is written and committed with it.
	 */
	submitAlone<Answer>(work: LoneWork<Answer>): Promise<Answer>;
	/** Resolves when everything submitted so far is answered. */
	drain(): Promise<void>;
}

/** Reads through the transaction and adds rows to the batch; everything it does must be awaited. */
export type LoneWork<Answer> = (transaction: AppendTransaction, rows: RowBatch) => Promise<Answer>;

interface Submission {
	resolve(answer: unknown): void;
	reject(reason: unknown): void;
}

interface Waiting extends Submission {
	readonly job: AppendJob<unknown>;
}

interface LoneWaiting extends Submission {
	readonly work: LoneWork<unknown>;
}

type Settle = () => void;

/** What became of a batch: how to answer its jobs, and those that were not planned because the batch was full. */
interface Settled {
	readonly settles: readonly Settle[];
	readonly left: readonly Waiting[];
}

const maxBatch = 256;
/** Planning holds up the process: a batch with so many events takes in no more jobs. */
const fullBatchEvents = 1_000;
/** Another process writes too: for so many batches the short way would be planned in vain. */
const batchesAfterMove = 16;

/** An open lane: what it was given, and how often the short way lately failed. */
interface OpenLane extends AppendLaneOptions {
	readonly pace: { batchesToLock: number };
}

export const createAppendLane = (options: AppendLaneOptions): AppendLane => {
	const waiting: (Waiting | LoneWaiting)[] = [];
	let running: Promise<void> | undefined;
	const lane: OpenLane = { ...options, pace: { batchesToLock: 0 } };
	const run = async (): Promise<void> => {
		for (let next = takeNext(waiting); next !== undefined; next = takeNext(waiting)) {
			const { settles, left } = "work" in next ? await commitAlone(lane, next) : await commitAll(lane, next);
			waiting.unshift(...left);
			for (const settle of settles) settle();
		}
		running = undefined;
	};
	const submit = <Answer>(what: Pick<Waiting, "job"> | Pick<LoneWaiting, "work">): Promise<Answer> =>
		new Promise<Answer>((resolve, reject) => {
			if (waiting.length >= (options.maxWaiting ?? 10_000)) {
				reject(new AppError("unavailable", { retryAfterMs: 1000, detail: "too many writes are waiting" }));
				return;
			}
			waiting.push({ ...what, resolve: resolve as (answer: unknown) => void, reject });
			running ??= run();
		});
	return {
		submit: (job) => submit({ job }),
		submitAlone: (work) => submit({ work }),
		drain: async () => {
			while (running !== undefined) await running;
		},
	};
};

/** The jobs that wait together at the head of the line, or the lone work that is first. */
const takeNext = (waiting: (Waiting | LoneWaiting)[]): readonly Waiting[] | LoneWaiting | undefined => {
	const [first] = waiting;
	if (first === undefined) return undefined;
	if ("work" in first) {
		waiting.shift();
		return first;
	}
	const jobs: Waiting[] = [];
	for (const each of waiting) {
		if ("work" in each || jobs.length === maxBatch) break;
		jobs.push(each);
	}
	waiting.splice(0, jobs.length);
	return jobs;
};

/** Commits the jobs together; should a defect in one of them break the transaction, then each by itself. */
const commitAll = async (options: OpenLane, waiting: readonly Waiting[]): Promise<Settled> => {
	try {
		return (await commitFromMemory(options, waiting)) ?? (await commitBatch(options, waiting));
	} catch (error) {
		options.heads.clear();
		const [only, ...others] = waiting;
		if (only === undefined || others.length === 0 || error instanceof AppError) {
			const settles = waiting.map(
				({ reject }) =>
					() =>
						reject(error),
			);
			return { settles, left: [] };
		}
		const settles: Settle[] = [];
		for (const each of waiting) settles.push(...(await commitAll(options, [each])).settles);
		return { settles, left: [] };
	}
};

/** The rooms it touched are read afresh by whoever writes there next. */
const commitAlone = async (options: OpenLane, { work, resolve, reject }: LoneWaiting): Promise<Settled> => {
	const { heads } = options;
	try {
		let rows: RowBatch | undefined;
		const answer = await options.store.withStreamLock(async (transaction) => {
			await dropStaleHeads(transaction, heads);
			rows = emptyRowBatch(transaction.position);
			const answered = await work(transaction, rows);
			await transaction.write(rows);
			return answered;
		});
		if (rows !== undefined && rows.position > rows.from) {
			for (const row of rows.rooms.values()) heads.drop(row.roomId);
			heads.committed(rows.position);
			options.onCommitted(committedBy(rows));
		}
		return { settles: [() => resolve(answer)], left: [] };
	} catch (error) {
		heads.clear();
		return { settles: [() => reject(error)], left: [] };
	}
};

const commitBatch = async (options: AppendLaneOptions, waiting: readonly Waiting[]): Promise<Settled> => {
	let committed: Committed | undefined;
	const settled = await options.store.withStreamLock(async (transaction) => {
		const planned = await planBatch(options, transaction, waiting);
		if (planned.isEmpty) return planned;
		await transaction.write(planned.rows);
		committed = committedBy(planned.rows);
		return planned;
	});
	if (committed !== undefined) {
		options.heads.committed(committed.to);
		options.onCommitted(committed);
	}
	return settled;
};

/**
 * The short way for plain messages: everything they read is in memory, and one statement stores them if nobody has
 * written since. Undefined, and nothing is stored, when that does not hold: then they go the long way. A refusal is
 * never given from memory alone, which another process may know better.
 */
const commitFromMemory = async (options: OpenLane, waiting: readonly Waiting[]): Promise<Settled | undefined> => {
	const { heads, pace } = options;
	if (pace.batchesToLock > 0) {
		pace.batchesToLock -= 1;
		return undefined;
	}
	const jobs = waiting.map(({ job }) => job);
	const loaded = jobs.every((job) => job.isPlain === true) ? loadFromMemory(heads, jobs) : undefined;
	if (loaded === undefined) return undefined;
	const planned = planWaiting(options, { loaded, waiting, position: heads.position });
	const { rows } = planned;
	const appended = planned.hasRefused ? undefined : await options.store.appendIfUnmoved(rows);
	if (appended === undefined) {
		for (const roomId of loaded.heads.keys()) heads.drop(roomId);
		pace.batchesToLock = planned.hasRefused ? 0 : batchesAfterMove;
		return undefined;
	}
	heads.committed(rows.position);
	options.onCommitted({ ...committedBy(rows), ...appended });
	return planned;
};

const committedBy = (rows: RowBatch): Committed => ({
	from: rows.from,
	to: rows.position,
	roomNids: [...rows.rooms.keys()],
	destinations: rows.outbox.length + (rows.received?.complete.length ?? 0) === 0 ? [] : undefined,
});

interface Planned extends Settled {
	readonly rows: RowBatch;
	readonly isEmpty: boolean;
	readonly hasRefused: boolean;
}

const planBatch = async (
	options: AppendLaneOptions,
	transaction: AppendTransaction,
	waiting: readonly Waiting[],
): Promise<Planned> => {
	const jobs = waiting.map(({ job }) => job);
	const loaded = await loadBatch(transaction, options.heads, jobs);
	return planWaiting(options, { loaded, waiting, position: transaction.position });
};

const planWaiting = (
	options: AppendLaneOptions,
	batch: { readonly loaded: LoadedBatch; readonly waiting: readonly Waiting[]; readonly position: number },
): Planned => {
	const { loaded, waiting, position } = batch;
	const rows = emptyRowBatch(position);
	let hasRefused = false;
	const settles: Settle[] = [];
	for (const { job, resolve, reject } of waiting) {
		if (rows.events.length >= fullBatchEvents) break;
		try {
			const answer = planJob(job, { loaded, rows, tools: options.tools });
			settles.push(() => resolve(answer));
		} catch (error) {
			hasRefused = true;
			settles.push(() => reject(error));
		}
	}
	return {
		settles,
		left: waiting.slice(settles.length),
		rows,
		isEmpty: rows.position === position && isUntouched(rows),
		hasRefused,
	};
};

const isUntouched = (rows: RowBatch): boolean =>
	rows.rooms.size === 0 &&
	rows.receipts.size === 0 &&
	rows.aliases.length === 0 &&
	rows.forgotten.length === 0 &&
	rows.movesDone.length === 0;
