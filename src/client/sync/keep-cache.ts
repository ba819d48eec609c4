import { newTransactionId } from "../outbox/transaction-id.ts";
import { type CacheBase, CacheWriter } from "../storage/cache-writer.ts";
import { accountDatabase } from "../storage/current-account.ts";
import { clientStore } from "../store/client-store.ts";
import { holdFrom } from "../windows/window-turns.ts";

/** How long a page may go on changing before what it knows is written all the same. */
const saveWithinMs = 2000;

/**
 * Keeps the cache of an account up with what this page knows: whenever the page is idle, and at once when it may be about
 * to go away. One window at a time does so; the others would only write the same again.
 */
export async function keepCache(base: CacheBase | undefined, userId: string, signal: AbortSignal): Promise<void> {
	const database = await accountDatabase();
	if (database === undefined || signal.aborted) return;
	const writer = new CacheWriter(database, newTransactionId(), base);
	holdFrom(`kith cache ${userId}`, signal, () => watch(writer, signal));
}

function watch(writer: CacheWriter, signal: AbortSignal): void {
	let isPlanned = false;
	const save = (): void => {
		isPlanned = false;
		if (!signal.aborted) void writer.save(clientStore.get());
	};
	const plan = (): void => {
		if (isPlanned) return;
		isPlanned = true;
		whenIdle(save);
	};
	const stop = clientStore.subscribe(plan);
	signal.addEventListener("abort", stop, { once: true });
	addEventListener("blur", save, { signal });
	addEventListener("pagehide", save, { signal });
	document.addEventListener("visibilitychange", save, { signal });
	plan();
}

/** Safari has no idle callbacks. */
function whenIdle(work: () => void): void {
	if ("requestIdleCallback" in globalThis) requestIdleCallback(work, { timeout: saveWithinMs });
	else setTimeout(work, saveWithinMs / 4);
}
