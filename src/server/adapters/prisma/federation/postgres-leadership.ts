import { setTimeout as delay } from "node:timers/promises";
import type pg from "pg";
import type { Log } from "../../../../shared/log.ts";
import type { Leadership } from "../../../federation/public.ts";

/** One number for every Kith process: who holds this lock speaks with other servers. */
const usualLock = 5_449_416_402;
/** Who holds this one runs the assistant as a member of rooms: its keys are in one engine. */
export const assistantLock = 5_449_416_403;
const pulseMs = 10_000;

export interface LeadershipOptions {
	readonly pool: pg.Pool;
	readonly log: Log;
	/** What is led; absent: speaking with other servers. */
	readonly lock?: number;
	/** How often a process that does not lead asks whether it may. */
	readonly retryMs?: number;
}

/**
 * Leading is holding a lock of PostgreSQL by a connection of its own: a process that dies, or is cut off, loses it with the
 * connection, and the next one to ask gets it.
 */
export const createPostgresLeadership = ({
	pool,
	log,
	lock = usualLock,
	retryMs = 3_000,
}: LeadershipOptions): Leadership => ({
	lead: (work) => {
		const ending = new AbortController();
		const bid = async (): Promise<void> => {
			while (!ending.signal.aborted) {
				try {
					await leadOnce({ pool, lock }, work, ending.signal);
				} catch (err) {
					log.warn({ err, lock }, "what one process leads was interrupted");
				}
				await delay(retryMs, undefined, { signal: ending.signal }).catch(() => undefined);
			}
		};
		const bidding = bid();
		return {
			stop: async () => {
				ending.abort();
				await bidding;
			},
		};
	},
});

/** Leads until the signal or the loss of the connection; returns at once when another process leads. */
const leadOnce = async (
	{ pool, lock }: { readonly pool: pg.Pool; readonly lock: number },
	work: (signal: AbortSignal) => Promise<void>,
	ending: AbortSignal,
): Promise<void> => {
	const client = await pool.connect();
	const lost = new AbortController();
	let broken: Error | undefined;
	const lose = (error: Error): void => {
		broken ??= error;
		lost.abort();
	};
	client.on("error", lose);
	const pulse = setInterval(() => void client.query("SELECT 1").catch(lose), pulseMs);
	try {
		const { rows } = await client.query("SELECT pg_try_advisory_lock($1) AS leads", [lock]);
		if (rows[0]?.leads !== true) return;
		await work(AbortSignal.any([ending, lost.signal]));
		if (broken === undefined) await client.query("SELECT pg_advisory_unlock($1)", [lock]);
	} catch (error) {
		broken ??= error instanceof Error ? error : new Error("leading failed");
		throw error;
	} finally {
		clearInterval(pulse);
		client.off("error", lose);
		// A connection that still holds the lock must not go back to the pool.
		client.release(broken);
	}
};
