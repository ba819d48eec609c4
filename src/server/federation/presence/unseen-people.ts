import type { RemotePresence } from "../../stream/public.ts";

/** Whom nobody here sees, until they are looked up for the last time: they may be about to meet somebody. */
export interface UnseenPeople {
	/** Looks them up again after a while. Who was looked up again, and is still not seen, waits for the next time. */
	keep(words: readonly RemotePresence[]): void;
	/** Somebody sees them. */
	forget(words: readonly RemotePresence[]): void;
}

const mostKept = 20_000;

/** `afterMs`: when each is looked up again. Only the newest word of each is. */
export const createUnseenPeople = (
	afterMs: readonly number[],
	lookAgain: (words: readonly RemotePresence[]) => void,
): UnseenPeople => {
	const kept = new Map<string, { readonly word: RemotePresence; readonly looks: number }>();
	const lookLater = (words: readonly RemotePresence[], delayMs: number | undefined): void => {
		if (words.length === 0) return;
		const timer = setTimeout(() => lookAgain(words.filter((word) => kept.get(word.userId)?.word === word)), delayMs);
		timer.unref();
	};
	return {
		keep: (words) => {
			const byLooks = afterMs.map((): RemotePresence[] => []);
			for (const word of words) {
				const before = kept.get(word.userId);
				const looks = before?.word === word ? before.looks + 1 : 0;
				kept.delete(word.userId);
				if (looks >= afterMs.length || kept.size >= mostKept) continue;
				kept.set(word.userId, { word, looks });
				byLooks[looks]?.push(word);
			}
			for (const [looks, some] of byLooks.entries()) lookLater(some, afterMs[looks]);
		},
		forget: (words) => {
			for (const { userId } of words) kept.delete(userId);
		},
	};
};
