/**
 * Messages whose key is missing ask for it here: once for all messages of a session, a few at a time, and again after a
 * while, longer each time, for the device that has the key may back it up only later.
 */
import type { KeyRef } from "./ports.ts";

const mostAtATime = 4;
const firstPauseMs = 10_000;
const longestPauseMs = 3_600_000;

interface Wanted extends KeyRef {
	readonly attempts: number;
	readonly notBefore: number;
}

export interface MissingKeys {
	/** Asks for it, unless that is under way or was just done in vain. */
	want(key: KeyRef): void;
	/** It is here, from wherever. */
	forget(key: KeyRef): void;
	/** There is reason to hope: asks for all of them at once. */
	hurry(): void;
}

export function createMissingKeys({
	fetch,
	now,
	later,
}: {
	/** Rejects when the server cannot be reached. */
	readonly fetch: (key: KeyRef) => Promise<"found" | "absent">;
	readonly now: () => number;
	readonly later: (work: () => void, delayMs: number) => void;
}): MissingKeys {
	const wanted = new Map<string, Wanted>();
	const underWay = new Set<string>();
	const nameOf = ({ roomId, sessionId }: KeyRef): string => JSON.stringify([roomId, sessionId]);

	const settle = (name: string, isFound: boolean): void => {
		underWay.delete(name);
		const key = wanted.get(name);
		if (isFound) wanted.delete(name);
		else if (key !== undefined) {
			const pauseMs = Math.min(firstPauseMs * 2 ** key.attempts, longestPauseMs);
			wanted.set(name, { ...key, attempts: key.attempts + 1, notBefore: now() + pauseMs });
			later(work, pauseMs);
		}
		work();
	};

	const work = (): void => {
		for (const [name, key] of wanted) {
			if (underWay.size >= mostAtATime) return;
			if (underWay.has(name) || key.notBefore > now()) continue;
			underWay.add(name);
			fetch(key).then(
				(found) => settle(name, found === "found"),
				() => settle(name, false),
			);
		}
	};

	return {
		want: (key) => {
			const name = nameOf(key);
			if (!wanted.has(name)) wanted.set(name, { ...key, attempts: 0, notBefore: 0 });
			work();
		},
		forget: (key) => void wanted.delete(nameOf(key)),
		hurry: () => {
			for (const [name, key] of wanted) wanted.set(name, { ...key, attempts: 0, notBefore: 0 });
			work();
		},
	};
}
