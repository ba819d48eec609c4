import type { MeaningChoice } from "./meaning-choice.ts";

/** As it is kept. */
export interface KeptMeaningChoice extends MeaningChoice {
	readonly id: "choice";
}
