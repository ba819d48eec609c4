import { windowStep } from "../../wire/assistant-limits.ts";
import { RunFailed } from "../run-failed.ts";

/**
 * Where the newest messages that fit begin. The start moves by whole steps of the chat, so that what a model remembers of
 * the beginning stays true while messages are added. Throws RunFailed `too-long` where the last one alone does not fit.
 * @param costs tokens of each message, the oldest first
 * @param room tokens that they may have together
 * @param offset how many messages of the chat, modulo the step, are before the first
 */
export const startOfNewest = (costs: readonly number[], room: number, offset = 0): number => {
	let start = costs.length;
	for (let left = room; start > 0; start -= 1) {
		left -= costs[start - 1] ?? 0;
		if (left < 0) break;
	}
	if (start === costs.length && costs.length > 0) throw new RunFailed("too-long");
	if (start === 0) return 0;
	const aligned = start + ((windowStep - ((start + offset) % windowStep)) % windowStep);
	return aligned < costs.length ? aligned : start;
};

/** How many of the first fit: what comes later counts less. Throws RunFailed `too-long` where not even the first fits. */
export const countOfBest = (costs: readonly number[], room: number): number => {
	let count = 0;
	for (let left = room; count < costs.length; count += 1) {
		left -= costs[count] ?? 0;
		if (left < 0) break;
	}
	if (count === 0 && costs.length > 0) throw new RunFailed("too-long");
	return count;
};

/**
 * Divides messages into consecutive parts that fit: each part begins where the one before ends, the answer has the ends.
 * Throws RunFailed `too-long` for a message that fits nowhere and for more parts than `mostParts`.
 */
export const endsOfParts = (
	costs: readonly number[],
	{ room, mostParts }: { readonly room: number; readonly mostParts: number },
): readonly number[] => {
	const ends: number[] = [];
	let left = room;
	for (const [index, cost] of costs.entries()) {
		if (cost > room) throw new RunFailed("too-long");
		if (cost > left) {
			ends.push(index);
			left = room;
		}
		left -= cost;
	}
	ends.push(costs.length);
	if (ends.length > mostParts) throw new RunFailed("too-long");
	return ends;
};
