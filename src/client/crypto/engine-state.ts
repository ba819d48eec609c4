import { type Observable, observable } from "../store/observable.ts";
import type { IdentityStatus } from "./crypto-message.ts";

/** How the engine of this page stands. */
export interface EngineState {
	readonly kind: "off" | "starting" | "ready" | "unavailable";
	readonly identity: IdentityStatus;
}

export const noEngine: EngineState = { kind: "off", identity: "unknown" };

export const engineState: Observable<EngineState> = observable(noEngine);
