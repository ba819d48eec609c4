import { chatFeatures } from "../../../shared/assistant/features/chat-features.ts";
import type { RunContext, RunSteps } from "../../../shared/assistant/features/run-context.ts";
import { askPrompt, supportPrompt } from "../../../shared/assistant/prompts/ask.ts";
import { summaryPrompt } from "../../../shared/assistant/prompts/summary.ts";
import { draftPrompt, repliesPrompt, rewritePrompt, translatePrompt } from "../../../shared/assistant/prompts/write.ts";
import type { RunKind } from "../../../shared/wire/assistant.ts";
import type { DocSynthesizer } from "../doc-synthesizer.ts";
import { commandPrompt } from "../prompts/command.ts";
import { answerFromDocuments } from "./answer-from-documents.ts";
import { chooseCommand } from "./choose-command.ts";

/** What the server does for each kind of run. */
export const features: { readonly [Kind in RunKind]: (context: RunContext<Kind, DocSynthesizer>) => RunSteps } = {
	...chatFeatures,
	support: answerFromDocuments,
	command: chooseCommand,
};

/** Which words a kind of run is asked with. */
export const promptVersions: Readonly<Record<RunKind, number>> = {
	summary: summaryPrompt.version,
	ask: askPrompt.version,
	support: supportPrompt.version,
	command: commandPrompt.version,
	replies: repliesPrompt.version,
	draft: draftPrompt.version,
	rewrite: rewritePrompt.version,
	translate: translatePrompt.version,
};
