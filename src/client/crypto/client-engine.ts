import { untilFetched } from "../../shared/until-fetched.ts";
import type { CryptoEngine } from "./crypto-engine.ts";
import type { EngineAccount } from "./crypto-message.ts";
import { type EngineState, engineState, noEngine } from "./engine-state.ts";

let current: { readonly account: EngineAccount; readonly engine: Promise<CryptoEngine> } | undefined;

/** Starts the engine of a signed-in device, once the page has painted: its module is the heaviest thing there is. */
export function startEngine(account: EngineAccount): void {
	if (current?.account.userId === account.userId && current.account.deviceId === account.deviceId) return;
	closeEngine();
	engineState.set(() => ({ ...noEngine, kind: "starting" }));
	const note = (change: Partial<EngineState>): void => {
		if (current?.account === account) engineState.set((state) => ({ ...state, ...change }));
	};
	const opening = untilFetched(() => import("./open-engine.ts"));
	current = { account, engine: opening.then(({ openEngine }) => openEngine(account, note)) };
}

/** The engine of the device that is signed in here; `undefined` before that is known. */
export function clientEngine(): Promise<CryptoEngine> | undefined {
	return current?.engine;
}

/** Lets go of the engine; what it keeps stays in this browser. */
export function closeEngine(): void {
	const closed = current;
	current = undefined;
	engineState.set(() => noEngine);
	void closed?.engine.then((engine) => engine.close());
}
