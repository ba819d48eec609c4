import type { RunKind } from "../../../shared/wire/assistant.ts";
import { askPrompt, supportPrompt } from "../prompts/ask.ts";
import { commandPrompt } from "../prompts/command.ts";
import { summaryPrompt } from "../prompts/summary.ts";
import { draftPrompt, repliesPrompt, rewritePrompt, translatePrompt } from "../prompts/write.ts";
import { answerFromDocuments, answerFromMessages } from "./answer.ts";
import { chooseCommand } from "./choose-command.ts";
import type { RunContext, RunSteps } from "./run-context.ts";
import { suggestReplies } from "./suggest-replies.ts";
import { summarise } from "./summarise.ts";
import { draft, rewrite, translate } from "./write-text.ts";

/** What the server does for each kind of run. */
export const features: { readonly [Kind in RunKind]: (context: RunContext<Kind>) => RunSteps } = {
	summary: summarise,
	ask: answerFromMessages,
	support: answerFromDocuments,
	command: chooseCommand,
	replies: suggestReplies,
	draft,
	rewrite,
	translate,
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
