import { storeLock } from "./crypto-databases.ts";
import { type CryptoEngine, CryptoError } from "./crypto-engine.ts";
import type { CryptoCallName, EngineAccount, EngineTrouble } from "./crypto-message.ts";
import { openEngineLink } from "./engine-link.ts";
import { createEngineProxy, type EngineMeans } from "./engine-proxy.ts";
import type { EngineState } from "./engine-state.ts";
import { followVerifications } from "./verification-state.ts";

type Note = (change: Partial<EngineState>) => void;

/** Opens the way to the engine of a device, and notes how it stands. */
export function openEngine(account: EngineAccount, note: Note): CryptoEngine {
	const engine = noteStanding(note, (onStart) =>
		createEngineProxy(account, {
			openLink: openEngineLink,
			onEnd: (of, callback) => whenFree(storeLock(of), callback),
			later: (callback, delayMs) => {
				const timer = setTimeout(callback, delayMs);
				return () => clearTimeout(timer);
			},
			newId: () => crypto.randomUUID(),
			onStart,
		}),
	);
	followVerifications(engine);
	return engine;
}

/** An engine that notes, with each start and each call, how it stands. */
export function noteStanding(note: Note, create: (onStart: EngineMeans["onStart"]) => CryptoEngine): CryptoEngine {
	let trouble: EngineTrouble | undefined;
	const noteTrouble = (next: EngineTrouble | undefined): void => {
		if (next === trouble) return;
		trouble = next;
		note({ trouble });
	};
	const noteFailure = (error: unknown): void => {
		note({ kind: "unavailable" });
		noteTrouble(troubleIn(error));
	};
	const noteReady = ({ identity }: Pick<EngineState, "identity">): void => {
		note({ kind: "ready", identity });
		// An engine starts in a full store, too.
		if (trouble !== "storage-full") noteTrouble(undefined);
	};
	const engine = create((failure) => {
		if (failure === undefined) void engine.call("status", {}).then(noteReady, noteFailure);
		else noteFailure(new CryptoError(failure));
	});
	engine.onNews((news) => {
		if (news.kind === "identity") note({ identity: news.status });
		if (news.kind === "trouble") noteTrouble(news.trouble);
	});
	return {
		...engine,
		call: async (name, input) => {
			try {
				const output = await engine.call(name, input);
				// What had to be kept was kept.
				if (writing.has(name) && trouble === "storage-full") noteTrouble(undefined);
				return output;
			} catch (error) {
				noteTrouble(troubleIn(error) ?? trouble);
				throw error;
			}
		},
	};
}

const writing: ReadonlySet<CryptoCallName> = new Set(["receive", "encrypt"]);

const troubles: ReadonlySet<string> = new Set<EngineTrouble>([
	"no-storage",
	"storage-full",
	"store-lost",
	"wasm-refused",
]);

const isTrouble = (code: string): code is EngineTrouble => troubles.has(code);

const troubleIn = (error: unknown): EngineTrouble | undefined =>
	error instanceof CryptoError && isTrouble(error.code) ? error.code : undefined;

/** Calls back when a lock can be had, and gives it back at once. */
function whenFree(name: string, callback: () => void): () => void {
	const stop = new AbortController();
	navigator.locks.request(name, { mode: "shared", signal: stop.signal }, callback).catch(() => undefined);
	return () => stop.abort();
}
