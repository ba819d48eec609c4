import { setTimeout as delay } from "node:timers/promises";
import type { Log } from "../../../shared/log.ts";
import type { RunningPostgres, RunOutcome } from "./run-postgres.ts";

export interface SuperviseOptions {
	readonly log: Log;
	readonly restart: () => Promise<RunOutcome>;
}

export interface Supervised {
	pid(): number;
	stop(): Promise<void>;
}

const firstPauseMs = 100;
const longestPauseMs = 5_000;

/** Starts PostgreSQL again whenever it ends by itself, for as long as it takes, until `stop`. */
export function supervise(first: RunningPostgres, { log, restart }: SuperviseOptions): Supervised {
	let current = first;
	const stopping = new AbortController();
	const watching = watch();

	async function watch(): Promise<void> {
		while (true) {
			const exit = await current.exited;
			if (stopping.signal.aborted) return;
			log.error({ postgresPid: current.pid, exit }, "PostgreSQL ended by itself: starting it again");
			const next = await restartUntilRunning();
			if (next === undefined) return;
			current = next;
			log.info({ postgresPid: current.pid }, "PostgreSQL runs again");
		}
	}

	async function restartUntilRunning(): Promise<RunningPostgres | undefined> {
		for (let pauseMs = firstPauseMs; !stopping.signal.aborted; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
			const outcome = await attempt();
			if (outcome.kind === "running" && !stopping.signal.aborted) return outcome.postgres;
			if (outcome.kind === "running") await outcome.postgres.stop();
			if (outcome.kind === "failed") log.error({ err: outcome.error }, "PostgreSQL did not start: trying again");
			await delay(pauseMs, undefined, { signal: stopping.signal }).catch(() => undefined);
		}
		return undefined;
	}

	/** A disk that is full or gone breaks the start itself; it too passes, or the operator reads why in the log. */
	async function attempt(): Promise<RunOutcome | { readonly kind: "failed"; readonly error: unknown }> {
		try {
			return await restart();
		} catch (error) {
			return { kind: "failed", error };
		}
	}

	return {
		pid: () => current.pid,
		stop: async () => {
			stopping.abort();
			await current.stop();
			await watching;
		},
	};
}
