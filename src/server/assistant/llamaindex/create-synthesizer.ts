import { estimateTokens } from "../../../shared/assistant/budget/estimate-tokens.ts";
import { createPromptRoom } from "../../../shared/assistant/budget/prompt-room.ts";
import type { TokenCalibration } from "../../../shared/assistant/budget/token-calibration.ts";
import type { ModelUsage } from "../../../shared/assistant/model-prompt.ts";
import type { SynthesisRequest } from "../../../shared/assistant/synthesizer.ts";
import type { DocSynthesizer } from "../doc-synthesizer.ts";
import type { ModelHost } from "../ports.ts";
import type { DocIndex } from "./doc-index.ts";
import { createExactPrompt, createWholePacking } from "./exact-prompt.ts";
import { createLineRetriever } from "./line-retriever.ts";
import { loadLibrary } from "./load-library.ts";
import { createRunLlm } from "./run-llm.ts";

/** What the calls of one run have in common. */
export interface RunFrame {
	readonly host: ModelHost;
	readonly contextTokens: number;
	readonly calibration: TokenCalibration;
	readonly docs: DocIndex;
	readonly signal: AbortSignal;
	onPrompt(system: string, user: string): void;
	onUsage(usage: ModelUsage): void;
}

/** Has LlamaIndex retrieve the lines of a run and synthesise the answer, in one call of the model. */
export const createSynthesizer = (frame: RunFrame): DocSynthesizer => ({
	...createPromptRoom(frame.contextTokens, frame.calibration),
	findPassages: (question, count) => frame.docs.find(question, { count, host: frame.host, signal: frame.signal }),
	synthesize: (request) => synthesize(frame, request),
});

async function* synthesize(frame: RunFrame, request: SynthesisRequest): AsyncGenerator<string, void, undefined> {
	const library = await loadLibrary();
	let estimated = 0;
	const llm = createRunLlm(library, frame.host, {
		...request,
		signal: frame.signal,
		contextTokens: frame.contextTokens,
		onPrompt: (system, user) => {
			estimated = estimateTokens(system) + estimateTokens(user);
			frame.onPrompt(system, user);
		},
		onUsage: (usage) => {
			frame.calibration.observe(estimated, usage.promptTokens);
			frame.onUsage(usage);
		},
	});
	const responseSynthesizer = library.getResponseSynthesizer("compact", {
		llm,
		promptHelper: createWholePacking(library),
		textQATemplate: createExactPrompt(library),
	});
	const engine = new library.RetrieverQueryEngine(createLineRetriever(library, request), responseSynthesizer);
	for await (const { delta } of await engine.query({ query: request.question, stream: true })) yield delta;
}
