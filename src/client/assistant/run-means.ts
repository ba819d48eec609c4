import type { StartRunInput, WireRunEvent } from "../../shared/wire/assistant.ts";
import type { RunProblem } from "./run-state.ts";

export interface RunListener {
	onEvent(id: string, event: WireRunEvent): void;
	/** It ended without an answer, for a reason that is no event of it. */
	onFailed(why: RunProblem): void;
	/** The subscription ended, whatever the run did. */
	onEnd(error?: unknown): void;
}

/** How runs are reached. */
export interface RunMeans<Input = StartRunInput> {
	start(input: Input): Promise<string>;
	/** Tells what the run says behind an event; answers the way to stop listening. */
	follow(runId: string, lastEventId: string | undefined, listener: RunListener): () => void;
	cancel(runId: string): Promise<unknown>;
	later(callback: () => void): void;
}
