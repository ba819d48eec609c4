import type { RoomId, UserId } from "../../../federation/identifiers/identifier-types.ts";
import type { Assistant } from "../../../src/server/assistant/public.ts";
import type { StartRunInput } from "../../../src/shared/wire/assistant.ts";

const asker = "@ann:kith.example" as UserId;
export const chatRoom = "!garden:kith.example" as RoomId;

/** Milliseconds from the call until the first word that is shown, and until the end. */
export interface RunTaken {
	readonly firstMs: number;
	readonly wholeMs: number;
	readonly answerTokens: number;
}

/** Does one run from the call to its last event. Throws for one that does not end well. */
export const timedRun = async (assistant: Assistant, input: StartRunInput): Promise<RunTaken> => {
	const startMs = performance.now();
	const { runId } = await assistant.start(asker, input, chatRoom);
	let firstMs = Number.NaN;
	for await (const { event } of assistant.follow(asker, runId, { after: 0, signal: new AbortController().signal })) {
		if (event.kind === "text" && Number.isNaN(firstMs)) firstMs = performance.now() - startMs;
		if (event.kind === "failed") throw new Error(`a run failed: ${event.reason}`);
		if (event.kind === "done") {
			return { firstMs, wholeMs: performance.now() - startMs, answerTokens: event.answerTokens };
		}
	}
	throw new Error("a run did not end");
};
