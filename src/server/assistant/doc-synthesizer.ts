import type { Synthesizer } from "../../shared/assistant/synthesizer.ts";

/** A part of one of Kith's own documents. */
export interface DocPassage {
	/** Such as `README.md`. */
	readonly document: string;
	readonly heading: string;
	readonly text: string;
}

/**
 * The only way from a feature to a model on this server: LlamaIndex gathers the lines, makes the prompt and synthesises the
 * answer. One is made for each run.
 */
export interface DocSynthesizer extends Synthesizer {
	/** The passages of Kith's documents that are nearest to a question, the best first. */
	findPassages(question: string, count: number): Promise<readonly DocPassage[]>;
}
