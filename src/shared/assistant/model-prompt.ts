/** What a model is given. */
export interface ModelPrompt {
	/** What it is to do: the same for all of a kind. */
	readonly system: string;
	/** The data, and the question behind them. */
	readonly user: string;
	/** JSON schema of the answer; undefined: plain text. */
	readonly schema: object | undefined;
	readonly mostTokens: number;
	readonly signal: AbortSignal;
}

/** What a call cost, as the model counted. */
export interface ModelUsage {
	readonly promptTokens: number;
	readonly answerTokens: number;
}
