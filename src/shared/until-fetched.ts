import { isScriptGone } from "./missing-script.ts";
import { notePageOutdated } from "./page-age.ts";

const firstWaitMs = 1_000;
const longestWaitMs = 30_000;

/**
 * Fetches a script that a page cannot do without until it is there. Without a network, or while the server is away, it is
 * asked for again after a while, and at once when the browser says that the network is back. What the server no longer has
 * is asked for no more: the page is older than the server, which the person is told, and whoever waits goes on waiting for
 * the reload. Rejects with the signal's reason once that ended.
 */
export async function untilFetched<T>(fetch: () => Promise<T>, signal?: AbortSignal): Promise<T> {
	const script = await fetchScript(fetch, signal);
	return script === "gone" ? untilLeft(signal) : script.fetched;
}

/** The same for what must not wait for the reload, as others wait for it: rejects once the server no longer has the script. */
export async function fetchedOrGone<T>(fetch: () => Promise<T>): Promise<T> {
	const script = await fetchScript(fetch, undefined);
	if (script === "gone") throw new Error("this page is older than its server");
	return script.fetched;
}

async function fetchScript<T>(
	fetch: () => Promise<T>,
	signal: AbortSignal | undefined,
): Promise<{ readonly fetched: T } | "gone"> {
	for (let waitMs = firstWaitMs; ; waitMs = Math.min(waitMs * 2, longestWaitMs)) {
		const script = await fetch().then(
			(fetched) => ({ fetched }),
			async (error: unknown) => ((await isScriptGone(error)) ? ("gone" as const) : undefined),
		);
		signal?.throwIfAborted();
		if (script === "gone") notePageOutdated();
		if (script !== undefined) return script;
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

function untilLeft(signal: AbortSignal | undefined): Promise<never> {
	return new Promise((_, reject) => {
		signal?.addEventListener("abort", () => reject(signal.reason), { once: true });
	});
}
