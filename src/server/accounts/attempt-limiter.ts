import { AppError } from "../../shared/app-error.ts";
import type { Clock } from "./ports.ts";

export interface AttemptLimits {
	/** Attempts that cost no waiting. */
	readonly freeAttempts: number;
	/** The first wait; each further attempt doubles it. */
	readonly firstDelayMs: number;
	readonly maximumDelayMs: number;
	/** A key that was quiet for this long is forgotten. */
	readonly forgetAfterMs: number;
	/** How many keys are remembered; the longest quiet one goes first. */
	readonly maximumKeys: number;
}

export interface AttemptLimiter {
	/**
	 * Counts an attempt before it is made, so that a burst of parallel ones cannot pass together. Throws AppError
	 * `too-many-requests` with the time to wait; a refused attempt does not lengthen the wait.
	 */
	begin(key: string): void;
	/** The attempt was a good one: takes its count back. */
	refund(key: string): void;
	/** Forgets every attempt under the key. */
	clear(key: string): void;
}

interface Attempts {
	count: number;
	lastAt: number;
	blockedUntil: number;
}

/** Growing delays for attempts under one key, kept in memory: a restart costs an attacker more than it gives. */
export const createAttemptLimiter = (limits: AttemptLimits, clock: Clock): AttemptLimiter => {
	// Insertion order is the order of the last attempt: the first key is the longest quiet one.
	const attemptsByKey = new Map<string, Attempts>();

	const remember = (key: string, attempts: Attempts): void => {
		attemptsByKey.delete(key);
		attemptsByKey.set(key, attempts);
		const oldest = attemptsByKey.keys().next();
		if (attemptsByKey.size > limits.maximumKeys && !oldest.done) {
			attemptsByKey.delete(oldest.value);
		}
	};

	const delayAfter = (count: number): number => {
		const excess = count - limits.freeAttempts;
		return excess < 0 ? 0 : Math.min(limits.maximumDelayMs, limits.firstDelayMs * 2 ** Math.min(excess, 40));
	};

	return {
		begin: (key) => {
			const now = clock.now();
			const known = attemptsByKey.get(key);
			const isFresh = known === undefined || now - known.lastAt >= limits.forgetAfterMs;
			if (!isFresh && now < known.blockedUntil) {
				throw new AppError("too-many-requests", { retryAfterMs: known.blockedUntil - now });
			}
			const count = (isFresh ? 0 : known.count) + 1;
			remember(key, { count, lastAt: now, blockedUntil: now + delayAfter(count) });
		},
		refund: (key) => {
			const known = attemptsByKey.get(key);
			if (known !== undefined) {
				known.count = Math.max(0, known.count - 1);
				known.blockedUntil = known.lastAt + delayAfter(known.count);
			}
		},
		clear: (key) => {
			attemptsByKey.delete(key);
		},
	};
};
