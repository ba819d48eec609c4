import type { RunProblem } from "../../client/assistant/run-state.ts";
import "../../shared/text/en/assistant.ts";
import { failureText } from "../../shared/text/failure-text.ts";
import { text } from "../../shared/text/text.ts";

/** Why a run gave no answer, in words. */
export function problemText(why: RunProblem): string {
	switch (why.kind) {
		case "run":
			return text(`noAnswer.${why.reason}`);
		case "call":
			return failureText(why.code);
		case "lost":
			return text("noAnswer.lost");
	}
}
