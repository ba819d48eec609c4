const firstWaitMs = 1_000;
const longestWaitMs = 30_000;

/**
 * Fetches a script that a page cannot do without until it is there. Without a network, or while the server is away, it is
 * asked for again after a while, and at once when the browser says that the network is back. Rejects with the signal's reason
 * once that ended.
 */
export async function untilFetched<T>(fetch: () => Promise<T>, signal?: AbortSignal): Promise<T> {
	for (let waitMs = firstWaitMs; ; waitMs = Math.min(waitMs * 2, longestWaitMs)) {
		const fetched = await fetch().then(
			(script) => ({ script }),
			() => undefined,
		);
		signal?.throwIfAborted();
		if (fetched !== undefined) return fetched.script;
		await untilNextTry(waitMs, signal);
		signal?.throwIfAborted();
	}
}

function untilNextTry(waitMs: number, signal: AbortSignal | undefined): Promise<void> {
	return new Promise((resolve) => {
		const go = (): void => {
			clearTimeout(timer);
			globalThis.removeEventListener?.("online", go);
			signal?.removeEventListener("abort", go);
			resolve();
		};
		const timer = setTimeout(go, waitMs);
		globalThis.addEventListener?.("online", go);
		signal?.addEventListener("abort", go);
	});
}
