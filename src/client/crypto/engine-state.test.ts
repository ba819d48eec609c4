import { beforeEach, expect, it, vi } from "vitest";
import { engineState, noEngine, onVerified } from "./engine-state.ts";

beforeEach(() => engineState.set(() => noEngine));

it("calls back when the device comes to be vouched for, once each time, until it is stopped", () => {
	const callback = vi.fn();
	const stop = onVerified(callback);
	const become = (identity: "unverified" | "verified") => engineState.set((state) => ({ ...state, identity }));
	become("unverified");
	expect(callback).not.toHaveBeenCalled();
	become("verified");
	engineState.set((state) => ({ ...state, kind: "ready" }));
	expect(callback).toHaveBeenCalledOnce();
	become("unverified");
	become("verified");
	expect(callback).toHaveBeenCalledTimes(2);
	stop();
	become("unverified");
	become("verified");
	expect(callback).toHaveBeenCalledTimes(2);
});
