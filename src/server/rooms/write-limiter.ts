import type { UserId } from "../../../federation/identifiers/identifier-types.ts";
import { AppError } from "../../shared/app-error.ts";
import type { Clock } from "./ports.ts";

/** Bounds what one person can make this process write, over all their devices. */
export interface WriteLimiter {
	/**
	 * Counts a write before anything is done for it. Throws AppError `too-many-requests` with the time to wait; a refused
	 * write does not lengthen the wait.
	 * @param cost how many plain writes it is worth; one dearer than the whole allowance costs the whole allowance
	 */
	begin(userId: UserId, cost?: number): void;
}

/** So many seconds' worth of writes may come at once. */
const burstSeconds = 6;
/** Remembered people before those who are as if they had never written are looked for. */
const sweepAbove = 1_000;

/**
 * A full allowance of six seconds' worth, which refills evenly; kept in memory, so a restart fills it.
 * @param perMinute 0: nobody is held up
 */
export const createWriteLimiter = (perMinute: number, clock: Clock): WriteLimiter => {
	if (perMinute === 0) return { begin: () => undefined };
	const writeMs = 60_000 / perMinute;
	const burstMs = Math.max(burstSeconds * 1000, writeMs);
	/** When each person's allowance will be full again. */
	const fullAt = new Map<UserId, number>();
	let sweepAt = sweepAbove;
	const sweep = (now: number): void => {
		for (const [userId, at] of fullAt) if (at <= now) fullAt.delete(userId);
		sweepAt = Math.max(sweepAbove, fullAt.size * 2);
	};
	return {
		begin: (userId, cost = 1) => {
			const now = clock.now();
			// A clock that was set back must not shut anybody out: an allowance is never emptier than empty.
			const spentUntil = Math.min(Math.max(now, fullAt.get(userId) ?? now), now + burstMs);
			const next = spentUntil + Math.min(cost * writeMs, burstMs);
			const tooEarlyMs = next - now - burstMs;
			if (tooEarlyMs > 0) throw new AppError("too-many-requests", { retryAfterMs: Math.ceil(tooEarlyMs) });
			fullAt.set(userId, next);
			if (fullAt.size > sweepAt) sweep(now);
		},
	};
};
