import { RunFailed } from "../../../shared/assistant/run-failed.ts";
import type { NearAddress } from "../../../shared/near-address.ts";
import type { OwnAnswer, OwnCall } from "../own-message.ts";
import { checkHost } from "./check-host.ts";
import type { OwnHost } from "./own-host.ts";
import { createOwnRuns } from "./own-runs.ts";

/** Does what pages ask. An Ollama does one thing at a time: what is asked meanwhile waits for its turn. */
export const createOwnDesk = (host: OwnHost, reach: NearAddress["reach"]) => {
	const runs = createOwnRuns(host);
	const underway = new Map<number, AbortController>();
	return (id: number, call: OwnCall, answer: (answer: OwnAnswer) => void): void => {
		if (call.kind === "cancel") {
			underway.get(call.call)?.abort();
			return;
		}
		const controller = new AbortController();
		const { signal } = controller;
		underway.set(id, controller);
		const work = async (): Promise<void> => {
			if (call.kind === "check") answer({ kind: "checked", check: await checkHost(host, { ...call, reach }) });
			else if (call.kind === "run") await runs(call, signal, (event) => answer({ kind: "event", event }));
			else answer({ kind: "vectors", vectors: await host.embed(call, signal) });
		};
		void work()
			.catch((error: unknown) =>
				answer({ kind: "failed", reason: error instanceof RunFailed ? error.reason : "failed" }),
			)
			.finally(() => underway.delete(id));
	};
};
