import type { WireAssistantMessage, WireRunEvent } from "../../wire/assistant.ts";
import { endsOfParts } from "../budget/fit-messages.ts";
import type { CitedLine } from "../output/cited-lines.ts";
import { dataLine } from "../prompts/data-block.ts";
import { mergePrompt, summaryPrompt } from "../prompts/summary.ts";
import { type CitedRequest, readCited } from "./read-cited.ts";
import { costsOf, messageLines, type RunContext, type RunSteps } from "./run-context.ts";

const mostTokens = 700;
const mostParts = 8;
const mostLines = { part: 8, whole: 10 };
/** Messages that a line of a merged summary can rest on. */
const mostCites = 8;

/** A line with the messages themselves. */
interface Note extends Omit<CitedLine, "cites"> {
	readonly cites: readonly string[];
}

/** What happened in a range of messages: at once where it fits, else part by part, and the notes put together. */
export async function* summarise(context: RunContext<"summary">): RunSteps {
	const { input, synthesizer } = context;
	const words = {
		system: summaryPrompt.system(input.language),
		question: summaryPrompt.question({ focus: input.focus }),
	};
	const room = synthesizer.roomBeside({ ...words, mostTokens });
	const ends = endsOfParts(costsOf(synthesizer, input.messages), { room, mostParts });
	yield context.begin(input.messages, 0);
	const parts = ends.map((end, index) => input.messages.slice(ends[index - 1] ?? 0, end));
	const [only, ...more] = parts;
	if (only !== undefined && more.length === 0) {
		const lines = notes(context, only, words);
		for (;;) {
			const { done, value } = await lines.next();
			if (done === true) return { isKnown: value };
			yield lineEvent(value);
		}
	}
	const all: Note[] = [];
	for (const [index, part] of parts.entries()) {
		for await (const note of notes(context, part, words)) all.push(note);
		yield { kind: "progress", done: index + 1, total: parts.length };
	}
	if (all.length === 0) return { isKnown: false };
	yield* merge(context, all);
	return { isKnown: true };
}

async function* notes(
	{ input, synthesizer, boundary }: RunContext<"summary">,
	messages: readonly WireAssistantMessage[],
	words: Pick<CitedRequest, "system" | "question">,
): AsyncGenerator<Note, boolean, undefined> {
	const lines = readCited(synthesizer, {
		...{ ...words, boundary, mostTokens, mostLines: mostLines.part, labels: true },
		lines: messageLines(messages),
		sources: messages.map(({ body }) => body),
		isAlwaysKnown: input.focus === undefined,
	});
	for (;;) {
		const { done, value } = await lines.next();
		if (done === true) return value;
		yield { ...value, cites: value.cites.flatMap((cite) => messages[cite - 1]?.eventId ?? []) };
	}
}

async function* merge(
	{ input, synthesizer, boundary }: RunContext<"summary">,
	all: readonly Note[],
): AsyncGenerator<WireRunEvent, void, undefined> {
	const merged = readCited(synthesizer, {
		...{ system: mergePrompt.system(input.language), question: mergePrompt.question(undefined) },
		...{ boundary, mostTokens, mostLines: mostLines.whole, labels: true, isAlwaysKnown: true },
		lines: all.map(({ text, label }, index) => dataLine({ from: label, at: undefined, text }, index + 1)),
		sources: all.map(({ text }) => text),
	});
	for await (const { cites, ...line } of merged) {
		const messages = new Set(cites.flatMap((cite) => all[cite - 1]?.cites ?? []));
		yield lineEvent({ ...line, cites: [...messages].slice(0, mostCites) });
	}
}

const lineEvent = ({ text, cites, label }: Note): WireRunEvent => ({ kind: "line", text, cites: [...cites], label });
