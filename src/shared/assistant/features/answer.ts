import { countOfBest } from "../budget/fit-messages.ts";
import { askPrompt } from "../prompts/ask.ts";
import { readCited } from "./read-cited.ts";
import { costsOf, messageLines, type RunContext, type RunSteps } from "./run-context.ts";

/** What an answer to a question may take: tokens, and lines. */
export const answerLimits = { mostTokens: 400, mostLines: 4 };

/** A question to a chat, answered from the messages that were found for it. */
export async function* answerFromMessages({ input, synthesizer, boundary, begin }: RunContext<"ask">): RunSteps {
	const words = { system: askPrompt.system(input.language), question: askPrompt.question(input) };
	const room = synthesizer.roomBeside({ ...words, mostTokens: answerLimits.mostTokens });
	const count = countOfBest(costsOf(synthesizer, input.messages), room);
	// A model reads a conversation in the order in which it was held.
	const messages = input.messages.slice(0, count).sort((one, other) => one.at - other.at);
	yield begin(messages, input.messages.length - count);
	const lines = readCited(synthesizer, {
		...{ ...words, ...answerLimits, boundary },
		lines: messageLines(messages),
		sources: messages.map(({ body }) => body),
	});
	for (;;) {
		const { done, value } = await lines.next();
		if (done === true) return { isKnown: value };
		const cites = value.cites.flatMap((cite) => messages[cite - 1]?.eventId ?? []);
		yield { kind: "line", text: value.text, cites, label: "plain" };
	}
}
