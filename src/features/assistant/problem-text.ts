import type { RunProblem } from "../../client/assistant/run-state.ts";
import type { AiPlace } from "../../shared/assistant/ai-place.ts";
import "../../shared/text/en/assistant.ts";
import { failureText } from "../../shared/text/failure-text.ts";
import { text } from "../../shared/text/text.ts";
import type { RunFailure } from "../../shared/wire/assistant.ts";

/** Why a run gave no answer, in words. */
export function problemText(why: RunProblem): string {
	switch (why.kind) {
		case "run":
			return text(`noAnswer.${why.reason}`);
		case "own":
			return ownText(why.reason);
		case "call":
			return failureText(why.code);
		case "lost":
			return text("noAnswer.lost");
	}
}

/** Why nothing can be asked now. */
export function downText(state: "unreachable" | "no-model" | "model-too-small", { kind }: AiPlace): string {
	return kind === "server" ? text(`noAnswer.${state}`) : ownText(state);
}

/** Who is asked to do something about it is the person themselves. */
function ownText(reason: RunFailure): string {
	switch (reason) {
		case "unreachable":
		case "no-model":
		case "model-too-small":
			return text(`ownNoAnswer.${reason}`);
		default:
			return text(`noAnswer.${reason}`);
	}
}
