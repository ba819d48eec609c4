/**
 * How long a server that does not answer is left alone: doubling to a cap, with jitter, so that servers that failed
 * together do not come back together. A sum over what the caller remembers; the caller brings the randomness.
 */

/** The first wait, the longest, and by which part a wait may be shorter. */
export interface BackoffShape {
	readonly firstMs: number;
	readonly longestMs: number;
}

/** @param failures in a row, at least 1. @param random from 0 up to 1. */
export const backoffMs = (failures: number, { firstMs, longestMs }: BackoffShape, random: number): number => {
	const whole = Math.min(longestMs, firstMs * 2 ** Math.min(failures - 1, 40));
	return Math.round(whole * (1 - random / 4));
};
