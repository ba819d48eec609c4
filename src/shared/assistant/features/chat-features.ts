import type { RunKind } from "../../wire/assistant.ts";
import { answerFromMessages } from "./answer.ts";
import type { RunContext, RunSteps } from "./run-context.ts";
import { suggestReplies } from "./suggest-replies.ts";
import { summarise } from "./summarise.ts";
import { draft, rewrite, translate } from "./write-text.ts";

/** What takes place in a chat: the other kinds of runs are about Kith itself. */
export type ChatRunKind = Exclude<RunKind, "support" | "command">;

/** What is done for each kind of run in a chat, wherever the model is. */
export const chatFeatures: { readonly [Kind in ChatRunKind]: (context: RunContext<Kind>) => RunSteps } = {
	...{ summary: summarise, ask: answerFromMessages, replies: suggestReplies },
	...{ draft, rewrite, translate },
};
