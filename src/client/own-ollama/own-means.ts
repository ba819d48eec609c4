import type { WireRunEvent } from "../../shared/wire/assistant.ts";
import type { RunListener, RunMeans } from "../assistant/run-means.ts";
import { boundaryIn } from "./boundary.ts";
import { askOwn } from "./own-link.ts";
import type { ChatRunInput, OwnAnswer } from "./own-message.ts";
import type { OwnSettings } from "./own-settings.ts";

/** Runs on the person's own Ollama: what they are given goes from this browser to there, and to no server of Kith. */
export function ownMeans({ origin, chatModel, contextTokens, secret }: OwnSettings): RunMeans<ChatRunInput> {
	const said: WireRunEvent[] = [];
	let listener: RunListener | undefined;
	let end: () => void = () => undefined;
	const tell = (event: WireRunEvent, position: number): void => {
		if (event.kind === "failed") listener?.onFailed({ kind: "own", reason: event.reason });
		else listener?.onEvent(String(position), event);
	};
	const hear = (answer: OwnAnswer): void => {
		const event: WireRunEvent = answer.kind === "event" ? answer.event : { kind: "failed", reason: "failed" };
		tell(event, said.push(event));
	};
	return {
		start: async (input) => {
			const boundary = await boundaryIn(secret, input.roomId);
			end = askOwn(origin, { kind: "run", input, means: { chatModel, contextTokens, boundary } }, hear);
			return "own";
		},
		follow: (_, lastEventId, next) => {
			listener = next;
			for (const [index, event] of said.slice(Number(lastEventId ?? 0)).entries()) tell(event, index + 1);
			return () => {
				listener = undefined;
			};
		},
		cancel: async () => end(),
		later: () => undefined,
	};
}
