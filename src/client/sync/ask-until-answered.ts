import type { Waits } from "../trpc/waits.ts";

export interface Question<T> {
	/** Asks once. Throws when nobody answers. */
	readonly ask: (signal: AbortSignal) => Promise<T>;
	/** Each time nobody answered. */
	readonly onSilence: () => void;
	/** What was learnt by a failure; `undefined`: nothing, it is asked again. */
	readonly answerIn: (error: unknown) => T | undefined;
}

/** So long an answer is waited for: a network that went away may never say so. */
const patienceMs = 20_000;
const longestPauseMs = 15_000;

/**
 * Asks until somebody answers, with longer and longer pauses. A hurry ends the pause, and a question that is under way
 * too: it may have gone out into a network that is there no more. `undefined` once the signal ends it.
 */
export async function askUntilAnswered<T>(
	{ ask, onSilence, answerIn }: Question<T>,
	waits: Pick<Waits, "wait" | "onHurry">,
	signal: AbortSignal,
): Promise<T | undefined> {
	for (let failures = 0; !signal.aborted; ) {
		const attempt = beginAttempt(waits, signal);
		try {
			return await ask(attempt.signal);
		} catch (error) {
			const answer = answerIn(error);
			if (answer !== undefined) return answer;
			if (signal.aborted) return undefined;
			if (attempt.isHurried()) failures = 0;
			else {
				onSilence();
				const isHurried = await waits.wait(Math.min(1000 * 2 ** failures, longestPauseMs), signal);
				failures = isHurried ? 0 : failures + 1;
			}
		} finally {
			attempt.end();
		}
	}
	return undefined;
}

function beginAttempt(waits: Pick<Waits, "onHurry">, signal: AbortSignal) {
	const attempt = new AbortController();
	let isHurried = false;
	const abort = (): void => attempt.abort();
	const timer = setTimeout(abort, patienceMs);
	const stopListening = waits.onHurry(() => {
		isHurried = true;
		abort();
	});
	signal.addEventListener("abort", abort);
	return {
		signal: attempt.signal,
		isHurried: () => isHurried,
		end: () => {
			clearTimeout(timer);
			stopListening();
			signal.removeEventListener("abort", abort);
		},
	};
}
