/** What a model is asked to make of some lines of data. */
export interface SynthesisRequest {
	readonly system: string;
	readonly question: string;
	/** Each line as `dataLine` makes it. */
	readonly lines: readonly string[];
	/** See prompts/boundary.ts. */
	readonly boundary: string;
	/** JSON schema of the answer; undefined: plain text. */
	readonly schema: object | undefined;
	readonly mostTokens: number;
}

/** A part of one of Kith's own documents. */
export interface DocPassage {
	/** Such as `README.md`. */
	readonly document: string;
	readonly heading: string;
	readonly text: string;
}

/**
 * The only way from a feature to a model: LlamaIndex gathers the lines, makes the prompt and synthesises the answer. One is
 * made for each run.
 */
export interface Synthesizer {
	/** The answer, as it is written. Throws RunFailed. */
	synthesize(request: SynthesisRequest): AsyncGenerator<string, void, undefined>;
	/** Tokens that a line of data takes. */
	costOf(line: string): number;
	/** Tokens that are left for data beside these words and the answer. Throws RunFailed `too-long` where none are. */
	roomBeside(request: Pick<SynthesisRequest, "system" | "question" | "mostTokens">): number;
	/** The passages of Kith's documents that are nearest to a question, the best first. */
	findPassages(question: string, count: number): Promise<readonly DocPassage[]>;
}
