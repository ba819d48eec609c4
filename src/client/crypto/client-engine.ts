import { type Observable, observable } from "../store/observable.ts";
import type { CryptoEngine } from "./crypto-engine.ts";
import type { EngineAccount, IdentityStatus } from "./crypto-message.ts";

/** How the engine of this page stands. */
export interface EngineState {
	readonly kind: "off" | "starting" | "ready" | "unavailable";
	readonly identity: IdentityStatus;
}

const off: EngineState = { kind: "off", identity: "unknown" };

const engineState: Observable<EngineState> = observable(off);

let current: { readonly account: EngineAccount; readonly engine: Promise<CryptoEngine> } | undefined;

/** Starts the engine of a signed-in device, once the page has painted: its module is the heaviest thing there is. */
export function startEngine(account: EngineAccount): void {
	if (current?.account.userId === account.userId && current.account.deviceId === account.deviceId) return;
	closeEngine();
	engineState.set(() => ({ ...off, kind: "starting" }));
	current = { account, engine: open(account) };
}

/** The engine of the device that is signed in here; `undefined` before that is known. */
export function clientEngine(): Promise<CryptoEngine> | undefined {
	return current?.engine;
}

/** Lets go of the engine; what it keeps stays in this browser. */
export function closeEngine(): void {
	const closed = current;
	current = undefined;
	engineState.set(() => off);
	void closed?.engine.then((engine) => engine.close());
}

/** Ends the engine and deletes what it kept: all that this browser could read of the account. */
export async function forgetEngine(userId: string | undefined): Promise<void> {
	const forgotten = current;
	const engine = await forgotten?.engine.catch(() => undefined);
	if (engine !== undefined)
		await Promise.race([engine.call("forget", {}).catch(() => undefined), pause(forgetWithinMs)]);
	closeEngine();
	const { deleteCryptoDatabases } = await import("./crypto-databases.ts");
	if (userId !== undefined) await deleteCryptoDatabases(userId);
}

/** An engine that does not answer must not keep anybody signed in. */
const forgetWithinMs = 3_000;

const pause = (delayMs: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, delayMs));

async function open(account: EngineAccount): Promise<CryptoEngine> {
	const [{ createEngineProxy }, { openEngineLink }, { storeLock }] = await Promise.all([
		import("./engine-proxy.ts"),
		import("./engine-link.ts"),
		import("./crypto-databases.ts"),
	]);
	const engine = createEngineProxy(account, {
		openLink: openEngineLink,
		onEnd: (of, callback) => whenFree(storeLock(of), callback),
		later: (callback, delayMs) => {
			const timer = setTimeout(callback, delayMs);
			return () => clearTimeout(timer);
		},
		newId: () => crypto.randomUUID(),
	});
	const note = (change: Partial<EngineState>): void => {
		if (current?.account === account) engineState.set((state) => ({ ...state, ...change }));
	};
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
