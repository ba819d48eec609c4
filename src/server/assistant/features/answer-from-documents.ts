import { countOfBest } from "../../../shared/assistant/budget/fit-messages.ts";
import { answerLimits } from "../../../shared/assistant/features/answer.ts";
import { readCited } from "../../../shared/assistant/features/read-cited.ts";
import type { RunContext, RunSteps } from "../../../shared/assistant/features/run-context.ts";
import { supportPrompt } from "../../../shared/assistant/prompts/ask.ts";
import { dataLine } from "../../../shared/assistant/prompts/data-block.ts";
import type { DocSynthesizer } from "../doc-synthesizer.ts";

const passageCount = 6;

/** How something is done, answered from Kith's own documents. */
export async function* answerFromDocuments(context: RunContext<"support", DocSynthesizer>): RunSteps {
	const { input, synthesizer, boundary, begin } = context;
	const { mostTokens } = answerLimits;
	const words = { system: supportPrompt.system(input.language), question: supportPrompt.question(input) };
	yield begin([], 0);
	const found = await synthesizer.findPassages(input.question, passageCount);
	const all = found.map(({ document, heading, text }, index) =>
		dataLine({ from: `${document}, ${heading}`, at: undefined, text }, index + 1),
	);
	if (all.length === 0) return { isKnown: false };
	const count = countOfBest(all.map(synthesizer.costOf), synthesizer.roomBeside({ ...words, mostTokens }));
	const lines = readCited(synthesizer, {
		...{ ...words, ...answerLimits, boundary },
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
