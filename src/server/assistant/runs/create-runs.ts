import { randomBytes } from "node:crypto";
import type { RoomId, UserId } from "../../../../federation/identifiers/identifier-types.ts";
import { AppError } from "../../../shared/app-error.ts";
import { RunFailed } from "../../../shared/assistant/run-failed.ts";
import type { StartRunInput } from "../../../shared/wire/assistant.ts";
import type { ModelHost, ModelHosts, RunRecord, RunRecords } from "../ports.ts";
import { createEmbeddings } from "./embeddings.ts";
import { cancelled, carryOut, type Run, type RunGround } from "./run.ts";
import { createRunBuffer, type RunBuffer } from "./run-buffer.ts";
import { createRunQueue, type RunQueue } from "./run-queue.ts";
import { createSpareTurns } from "./spare-turns.ts";

/** Milliseconds. */
export interface RunTimes {
	/** A run that nobody follows for so long is ended. */
	readonly abandonedMs: number;
	/** What a run said is kept for so long after its end. */
	readonly keptMs: number;
	/** No run takes longer. */
	readonly mostMs: number;
	/** No batch of texts waits and takes longer. */
	readonly mostEmbedMs: number;
}

const usualTimes: RunTimes = { abandonedMs: 60_000, keptMs: 300_000, mostMs: 900_000, mostEmbedMs: 180_000 };

interface Entry {
	readonly userId: UserId;
	readonly buffer: RunBuffer;
	/** Ends it, whether it waits or runs. */
	stop(reason: Error): void;
}

/** What a run is started with. */
interface Asked {
	readonly userId: UserId;
	readonly input: StartRunInput;
	readonly roomId: RoomId | undefined;
}

/** The runs of this process, by their ids. */
export const createRuns = (ground: RunGround, records: RunRecords, times: Partial<RunTimes> = {}) => {
	const allTimes = { ...usualTimes, ...times };
	const entries = new Map<string, Entry>();
	const { queue, spare } = createTurns(ground.hosts);
	const embeddings = createEmbeddings(ground.hosts, spare, allTimes.mostEmbedMs);
	const workshop = createWorkshop(ground, records);
	const mine = (userId: UserId, runId: string): Entry => {
		const entry = entries.get(runId);
		if (entry?.userId !== userId) throw new AppError("not-found");
		return entry;
	};
	return {
		start: (userId: UserId, input: StartRunInput, roomId: RoomId | undefined) => {
			const runId = randomBytes(18).toString("base64url");
			const onEnd = (): void => void setTimeout(() => entries.delete(runId), allTimes.keptMs).unref();
			const asked = { userId, input, roomId };
			const { entry, position } = enterRun({ ground, queue, workshop, times: allTimes, onEnd }, asked);
			entries.set(runId, entry);
			return { runId, position };
		},
		waiting: queue.waiting,
		/** True while who asks now would wait. */
		isBusy: () => queue.waiting() > 0 || workshop.running() >= ground.hosts.slots,
		follow: (userId: UserId, runId: string, from: { readonly after: number; readonly signal: AbortSignal }) =>
			mine(userId, runId).buffer.follow(from.after, from.signal),
		cancel: (userId: UserId, runId: string): void => mine(userId, runId).stop(cancelled),
		/** Vectors of texts, made while no run wants a machine. */
		embeddings,
		close: async (): Promise<void> => {
			embeddings.close();
			for (const { stop } of entries.values()) stop(new RunFailed("abandoned"));
			await workshop.whenIdle();
			entries.clear();
		},
	};
};

/** The machines for runs, and between runs for what gives way to them. */
const createTurns = ({ take, giveBack }: ModelHosts) => {
	const queue: RunQueue<ModelHost> = createRunQueue<ModelHost>(
		() => {
			const host = take();
			if (host === undefined) spare.giveWay();
			return host;
		},
		(host) => {
			giveBack(host);
			// Whoever waits in line comes first.
			queueMicrotask(spare.pump);
		},
	);
	const spare = createSpareTurns<ModelHost>({
		take,
		giveBack: (host) => {
			giveBack(host);
			queue.pump();
		},
		isWanted: () => queue.waiting() > 0,
	});
	return { queue, spare };
};

/** Carries runs out and writes down that they took place. */
const createWorkshop = (ground: RunGround, records: RunRecords) => {
	const underway = new Set<Promise<unknown>>();
	let running = 0;
	const hold = <T>(work: Promise<T>): Promise<T> => {
		underway.add(work);
		void work.finally(() => underway.delete(work));
		return work;
	};
	const writeDown = async (record: RunRecord): Promise<void> => {
		await records.add(record).catch(() => {
			ground.log.warn({ kind: record.kind, outcome: record.outcome }, "a run of the assistant was not written down");
		});
	};
	const work = async (run: Run, host: ModelHost, onEnd: () => void): Promise<() => void> => {
		running += 1;
		const { last, record } = await carryOut(ground, run, host);
		running -= 1;
		onEnd();
		void hold(writeDown(record));
		// Whoever hears that it is over may begin the next one at once.
		return () => run.buffer.push(last);
	};
	return {
		running: () => running,
		work: (run: Run, host: ModelHost, onEnd: () => void) => hold(work(run, host, onEnd)),
		whenIdle: async (): Promise<void> => {
			while (underway.size > 0) await Promise.all(underway);
		},
	};
};

interface RunFloor {
	readonly ground: RunGround;
	readonly queue: RunQueue<ModelHost>;
	readonly workshop: ReturnType<typeof createWorkshop>;
	readonly times: RunTimes;
	onEnd(): void;
}

/** Puts a run into the queue, with everything that may end it. */
const enterRun = (
	{ ground, queue, workshop, times, onEnd }: RunFloor,
	{ userId, input, roomId }: Asked,
): { readonly entry: Entry; readonly position: number } => {
	const controller = new AbortController();
	const watch = watchFollowers(times.abandonedMs, () => stop(new RunFailed("abandoned")));
	const buffer = createRunBuffer(watch.onFollowers);
	const run: Run = { userId, roomId, input, buffer, signal: controller.signal, startedAt: ground.clock.now() };
	const limit = setTimeout(() => stop(new RunFailed("timed-out")), times.mostMs);
	limit.unref();
	const end = (): void => {
		clearTimeout(limit);
		watch.end();
		onEnd();
	};
	let position = 0;
	const stop = (reason: Error): void => {
		if (buffer.hasEnded()) return;
		if (!leave()) controller.abort(reason);
		else {
			buffer.push(reason instanceof RunFailed ? { kind: "failed", reason: reason.reason } : { kind: "cancelled" });
			end();
		}
	};
	const enter = (): (() => boolean) =>
		queue.enter({
			owner: userId,
			isInteractive: input.kind !== "summary",
			onPosition: (next) => {
				position = next;
				if (next > 0) buffer.push({ kind: "queued", position: next });
			},
			run: (host) => workshop.work(run, host, end),
		});
	let leave: () => boolean = () => false;
	try {
		leave = enter();
	} catch (error) {
		clearTimeout(limit);
		watch.end();
		throw error;
	}
	return { entry: { userId, buffer, stop }, position };
};

/** Calls when nobody has followed for so long; from the beginning on, for somebody has to come. */
const watchFollowers = (afterMs: number, onAbandoned: () => void) => {
	let timer: NodeJS.Timeout | undefined;
	let hasEnded = false;
	const onFollowers = (count: number): void => {
		clearTimeout(timer);
		if (count === 0 && !hasEnded) {
			timer = setTimeout(onAbandoned, afterMs);
			timer.unref();
		}
	};
	onFollowers(0);
	return {
		onFollowers,
		end: () => {
			hasEnded = true;
			clearTimeout(timer);
		},
	};
};
