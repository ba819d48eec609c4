import { storeLock } from "./crypto-databases.ts";
import type { CryptoEngine } from "./crypto-engine.ts";
import type { EngineAccount } from "./crypto-message.ts";
import { openEngineLink } from "./engine-link.ts";
import { createEngineProxy } from "./engine-proxy.ts";
import type { EngineState } from "./engine-state.ts";

/** Opens the way to the engine of a device, and notes how it stands. */
export function openEngine(account: EngineAccount, note: (change: Partial<EngineState>) => void): CryptoEngine {
	const engine = createEngineProxy(account, {
		openLink: openEngineLink,
		onEnd: (of, callback) => whenFree(storeLock(of), callback),
		later: (callback, delayMs) => {
			const timer = setTimeout(callback, delayMs);
			return () => clearTimeout(timer);
		},
		newId: () => crypto.randomUUID(),
	});
	engine.onNews((news) => {
		if (news.kind === "identity") note({ identity: news.status });
	});
	void engine.call("status", {}).then(
		({ identity }) => note({ kind: "ready", identity }),
		() => note({ kind: "unavailable" }),
	);
	return engine;
}

/** Calls back when a lock can be had, and gives it back at once. */
function whenFree(name: string, callback: () => void): () => void {
	const stop = new AbortController();
	navigator.locks.request(name, { mode: "shared", signal: stop.signal }, callback).catch(() => undefined);
	return () => stop.abort();
}
