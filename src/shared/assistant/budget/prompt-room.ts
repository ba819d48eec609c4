import { RunFailed } from "../run-failed.ts";
import type { Synthesizer } from "../synthesizer.ts";
import { estimateTokens } from "./estimate-tokens.ts";
import type { TokenCalibration } from "./token-calibration.ts";

/** What a chat template puts around the messages, the marks, and a little to be on the safe side. */
const frameTokens = 120;

/** What fits into a prompt. @param contextTokens what a prompt and its answer may have together */
export const createPromptRoom = (
	contextTokens: number,
	calibration: TokenCalibration,
): Pick<Synthesizer, "costOf" | "roomBeside"> => {
	const costOf = (text: string): number => calibration.apply(estimateTokens(`${text}\n`));
	return {
		costOf,
		roomBeside: ({ system, question, mostTokens }) => {
			const room = contextTokens - mostTokens - frameTokens - costOf(system) - costOf(question);
			if (room <= 0) throw new RunFailed("too-long");
			return room;
		},
	};
};
