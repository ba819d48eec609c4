import * as z from "zod";
import { startOfNewest } from "../budget/fit-messages.ts";
import { createTextCleaner } from "../output/clean-text.ts";
import { repliesPrompt } from "../prompts/write.ts";
import { RunFailed } from "../run-failed.ts";
import { costsOf, messageLines, type RunContext, type RunSteps } from "./run-context.ts";

const mostTokens = 160;
const longestReply = 200;
const longestAnswer = 8_000;
const schema = {
	type: "object",
	properties: { replies: { type: "array", minItems: 3, maxItems: 3, items: { type: "string" } } },
	required: ["replies"],
};
const written = z.object({ replies: z.array(z.string()).max(20) });

/** Three answers to the last message of a chat, to be chosen from. */
export async function* suggestReplies({ input, synthesizer, boundary, begin }: RunContext<"replies">): RunSteps {
	const words = { system: repliesPrompt.system(input.language), question: repliesPrompt.question(undefined) };
	const room = synthesizer.roomBeside({ ...words, mostTokens });
	const start = startOfNewest(costsOf(synthesizer, input.messages), room, input.windowOffset);
	const messages = input.messages.slice(start);
	yield begin(messages, start);
	let answer = "";
	const lines = messageLines(messages);
	for await (const piece of synthesizer.synthesize({ ...words, lines, boundary, schema, mostTokens })) {
		answer += piece;
		if (answer.length > longestAnswer) throw new RunFailed("bad-answer", { detail: "an answer without end" });
	}
	const cleaner = createTextCleaner(messages.map(({ body }) => body));
	const replies = readReplies(answer).map((reply) => cleaner.clean(reply).replaceAll(/\s+/g, " ").trim());
	const shown = [...new Set(replies)].filter((reply) => reply !== "" && reply.length <= longestReply).slice(0, 3);
	if (shown.length === 0) throw new RunFailed("bad-answer", { detail: "no reply" });
	yield { kind: "replies", replies: shown };
	return { isKnown: true };
}

const readReplies = (answer: string): readonly string[] => {
	try {
		return written.parse(JSON.parse(answer)).replies;
	} catch {
		throw new RunFailed("bad-answer", { detail: "not the form that was asked for" });
	}
};
