/** Corrects estimates by what a model counted. */
export interface TokenCalibration {
	/** What to take of an estimate: at least the estimate itself. */
	apply(estimated: number): number;
	/** What was estimated, uncorrected, and what the model counted in the same prompt. */
	observe(estimated: number, counted: number): void;
}

const highestFactor = 2.5;
/** A count below the estimate says little: a model may leave out what it still has in memory. */
const loweringShare = 0.02;
/** In short prompts the model's own frame weighs too much. */
const fewestTokens = 50;

/** Too low an estimate is believed at once, too high a one slowly: a prompt that is too long is lost, a short one is not. */
export const createTokenCalibration = (): TokenCalibration => {
	let factor = 1;
	return {
		apply: (estimated) => Math.ceil(estimated * factor),
		observe: (estimated, counted) => {
			if (!(estimated >= fewestTokens && counted > 0)) return;
			const seen = Math.min(highestFactor, Math.max(1, counted / estimated));
			factor = seen > factor ? seen : factor + (seen - factor) * loweringShare;
		},
	};
};
