import { countOfBest } from "../budget/fit-messages.ts";
import { askPrompt, supportPrompt } from "../prompts/ask.ts";
import { dataLine } from "../prompts/data-block.ts";
import { readCited } from "./read-cited.ts";
import { costsOf, messageLines, type RunContext, type RunSteps } from "./run-context.ts";

const mostTokens = 400;
const mostLines = 4;
const passageCount = 6;

/** A question to a chat, answered from the messages that were found for it. */
export async function* answerFromMessages({ input, synthesizer, boundary, begin }: RunContext<"ask">): RunSteps {
	const words = { system: askPrompt.system(input.language), question: askPrompt.question(input) };
	const room = synthesizer.roomBeside({ ...words, mostTokens });
	const count = countOfBest(costsOf(synthesizer, input.messages), room);
	// A model reads a conversation in the order in which it was held.
	const messages = input.messages.slice(0, count).sort((one, other) => one.at - other.at);
	yield begin(messages, input.messages.length - count);
	const lines = readCited(synthesizer, {
		...{ ...words, boundary, mostTokens, mostLines },
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

/** How something is done, answered from Kith's own documents. */
export async function* answerFromDocuments({ input, synthesizer, boundary, begin }: RunContext<"support">): RunSteps {
	const words = { system: supportPrompt.system(input.language), question: supportPrompt.question(input) };
	yield begin([], 0);
	const found = await synthesizer.findPassages(input.question, passageCount);
	const all = found.map(({ document, heading, text }, index) =>
		dataLine({ from: `${document}, ${heading}`, at: undefined, text }, index + 1),
	);
	if (all.length === 0) return { isKnown: false };
	const count = countOfBest(all.map(synthesizer.costOf), synthesizer.roomBeside({ ...words, mostTokens }));
	const lines = readCited(synthesizer, {
		...{ ...words, boundary, mostTokens, mostLines },
		lines: all.slice(0, count),
		sources: found.map(({ text }) => text),
	});
	for (;;) {
		const { done, value } = await lines.next();
		if (done === true) return { isKnown: value };
		const sources = value.cites.flatMap((cite) => {
			const passage = found[cite - 1];
			return passage === undefined ? [] : [{ document: passage.document, heading: passage.heading }];
		});
		yield { kind: "line", text: value.text, cites: [], sources, label: "plain" };
	}
}
