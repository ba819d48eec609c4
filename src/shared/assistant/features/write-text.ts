import type { WireRunEvent } from "../../wire/assistant.ts";
import { startOfNewest } from "../budget/fit-messages.ts";
import { createTextCleaner } from "../output/clean-text.ts";
import { dataLine } from "../prompts/data-block.ts";
import { draftPrompt, rewritePrompt, translatePrompt } from "../prompts/write.ts";
import { RunFailed } from "../run-failed.ts";
import type { SynthesisRequest, Synthesizer } from "../synthesizer.ts";
import { costsOf, messageLines, type RunContext, type RunSteps } from "./run-context.ts";

const draftTokens = 400;
/** A text that is written anew may come out longer, most of all in another language. */
const growth = 2;
const fewestTokens = 120;
/** Characters. A model that writes more than it was asked for doesn't keep to what it is. */
const longestToken = 24;

/** A message by an instruction, knowing what was written before. */
export async function* draft({ input, synthesizer, boundary, begin }: RunContext<"draft">): RunSteps {
	const words = { system: draftPrompt.system(input.language), question: draftPrompt.question(input) };
	const room = synthesizer.roomBeside({ ...words, mostTokens: draftTokens });
	const start = startOfNewest(costsOf(synthesizer, input.messages), room, input.windowOffset);
	const messages = input.messages.slice(start);
	yield begin(messages, start);
	const lines = messageLines(messages);
	const sources = [input.instruction, ...messages.map(({ body }) => body)];
	yield* writePlain(synthesizer, { ...words, lines, boundary, mostTokens: draftTokens, schema: undefined }, sources);
	return { isKnown: true };
}

/** The text of the composer in another style. */
export const rewrite = (context: RunContext<"rewrite">): RunSteps =>
	writeAnew(context, {
		system: rewritePrompt.system(context.input.language),
		question: rewritePrompt.question(context.input),
	});

/** A message, or the text of the composer, in another language. */
export const translate = (context: RunContext<"translate">): RunSteps =>
	writeAnew(context, {
		system: translatePrompt.system(context.input.language),
		question: translatePrompt.question(context.input),
	});

async function* writeAnew(
	{ input, synthesizer, boundary, begin }: RunContext<"rewrite"> | RunContext<"translate">,
	words: Pick<SynthesisRequest, "system" | "question">,
): RunSteps {
	const lines = [dataLine({ from: "me", at: undefined, text: input.text }, 1)];
	const cost = lines.reduce((sum, line) => sum + synthesizer.costOf(line), 0);
	const mostTokens = Math.max(fewestTokens, cost * growth);
	if (synthesizer.roomBeside({ ...words, mostTokens }) < cost) throw new RunFailed("too-long");
	yield begin([], 0);
	yield* writePlain(synthesizer, { ...words, lines, boundary, mostTokens, schema: undefined }, [input.text]);
	return { isKnown: true };
}

async function* writePlain(
	synthesizer: Synthesizer,
	request: SynthesisRequest,
	sources: readonly string[],
): AsyncGenerator<WireRunEvent, void, undefined> {
	const cleaner = createTextCleaner(sources);
	let isEmpty = true;
	let space = "";
	// What is in front of the first word, and behind the last one, is no part of a message.
	const shown = (text: string): WireRunEvent[] => {
		const words = text.trim();
		if (words === "") {
			space += text;
			return [];
		}
		const fromFirst = text.trimStart();
		const front = isEmpty ? "" : space + text.slice(0, text.length - fromFirst.length);
		isEmpty = false;
		space = fromFirst.slice(words.length);
		return [{ kind: "text", text: front + words }];
	};
	let left = request.mostTokens * longestToken;
	for await (const piece of synthesizer.synthesize(request)) {
		left -= piece.length;
		if (left < 0) throw new RunFailed("bad-answer", { detail: "a text without end" });
		yield* shown(cleaner.push(piece));
	}
	yield* shown(cleaner.end());
	if (isEmpty) throw new RunFailed("bad-answer", { detail: "no text" });
}
