/** What a model is asked to make of some lines of data. */
export interface SynthesisRequest {
	readonly system: string;
	readonly question: string;
	/** Each line as `dataLine` makes it. */
	readonly lines: readonly string[];
	/** The marks around the lines: nobody who writes in a chat can guess them. */
	readonly boundary: string;
	/** JSON schema of the answer; undefined: plain text. */
	readonly schema: object | undefined;
	readonly mostTokens: number;
}

/** The only way from a feature to a model: it makes the prompt and gives out the answer. One is made for each run. */
export interface Synthesizer {
	/** The answer, as it is written. Throws RunFailed. */
	synthesize(request: SynthesisRequest): AsyncGenerator<string, void, undefined>;
	/** Tokens that a line of data takes. */
	costOf(line: string): number;
	/** Tokens that are left for data beside these words and the answer. Throws RunFailed `too-long` where none are. */
	roomBeside(request: Pick<SynthesisRequest, "system" | "question" | "mostTokens">): number;
}
