import type { MediaEnvironment } from "./media-environment.ts";

const dayMs = 24 * 60 * 60 * 1000;
/** What one sweep looks at and takes away at most: it goes on where it ended. */
const scanLimit = 1000;
const removeLimit = 200;

/**
 * Takes away pictures that nobody shows any more, a day after they were uploaded, and what cut-off uploads left behind.
 * A picture is marked first, then its content goes, then its row: a crash in between leaves a mark that the next sweep
 * finds. Answers where the next one begins.
 */
export const sweepMedia = async (environment: MediaEnvironment, after: string): Promise<string> => {
	const { store, storage, serverName, clock } = environment;
	const now = clock.now();
	const createdBefore = now - dayMs;
	const scannedTo = await store.markUnused({ serverName, createdBefore, after, scanLimit, now });
	for (const id of await store.listMarked(removeLimit)) {
		await storage.remove(id);
		await store.forget(id);
	}
	await storage.removeUnfinished(createdBefore);
	return scannedTo ?? "";
};
