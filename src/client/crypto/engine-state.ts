import { type Observable, observable } from "../store/observable.ts";
import type { EngineTrouble, IdentityStatus } from "./crypto-message.ts";

/** How the engine of this page stands. */
export interface EngineState {
	readonly kind: "off" | "starting" | "ready" | "unavailable";
	readonly identity: IdentityStatus;
	/** What keeps it from working, until the person does something about it. */
	readonly trouble?: EngineTrouble | undefined;
}

export const noEngine: EngineState = { kind: "off", identity: "unknown" };

export const engineState: Observable<EngineState> = observable(noEngine);

/** Calls back each time that this device comes to be vouched for; the answer stops it. */
export function onVerified(callback: () => void): () => void {
	let wasVerified = engineState.get().identity === "verified";
	return engineState.subscribe(() => {
		const isVerified = engineState.get().identity === "verified";
		if (isVerified && !wasVerified) callback();
		wasVerified = isVerified;
	});
}
