import type { MediaEnvironment } from "./media-environment.ts";

const dayMs = 24 * 60 * 60 * 1000;
/** What one sweep looks at and takes away at most: it goes on where it ended. */
const scanLimit = 1000;
const removeLimit = 200;
const removeRounds = 50;

/**
 * Takes away pictures that nobody shows any more, a day after they were uploaded, files to which no event refers, when
 * their time is up, and what cut-off uploads left behind. Each is marked first, then its content goes, then its row: a
 * crash in between leaves a mark that the next sweep finds. Answers where the next one begins.
 */
export const sweepMedia = async (environment: MediaEnvironment, after: string): Promise<string> => {
	const { store, storage, serverName, clock } = environment;
	const now = clock.now();
	const scannedTo = await store.markUnused({ serverName, after, scanLimit, now });
	for (let round = 0; round < removeRounds; round += 1) {
		const marked = await store.listMarked(removeLimit);
		for (const id of marked) {
			await storage.remove(id);
			await store.forget(id);
		}
		if (marked.length < removeLimit) break;
	}
	await storage.removeUnfinished(now - dayMs);
	return scannedTo ?? "";
};
