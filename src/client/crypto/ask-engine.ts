import { clientEngine } from "./client-engine.ts";
import { type CryptoEngine, CryptoError } from "./crypto-engine.ts";
import type { CryptoCallName, CryptoInput, CryptoOutput } from "./crypto-message.ts";
import { engineState } from "./engine-state.ts";

/** Asks the engine of this page as soon as there is one. Rejects with CryptoError. */
export async function askEngine<C extends CryptoCallName>(name: C, input: CryptoInput<C>): Promise<CryptoOutput<C>> {
	const engine = await whenThere();
	return engine.call(name, input);
}

/** Waits until it is known how this device stands with its person's identity, or that no engine can be had. */
export function whenIdentityKnown(): Promise<void> {
	return new Promise((resolve) => {
		const look = (): void => {
			const { kind, identity } = engineState.get();
			if (identity === "unknown" && kind !== "unavailable") return;
			stop();
			resolve();
		};
		const stop = engineState.subscribe(look);
		look();
	});
}

function whenThere(): Promise<CryptoEngine> {
	return new Promise((resolve, reject) => {
		const look = (): void => {
			const engine = clientEngine();
			if (engine === undefined) return;
			stop();
			engine.then(resolve, () => reject(new CryptoError("broken")));
		};
		const stop = engineState.subscribe(look);
		look();
	});
}
