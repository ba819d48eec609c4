import type { UserId } from "../../../../../federation/identifiers/identifier-types.ts";
import "../../../../shared/text/en/assistant-bot.ts";
import { text } from "../../../../shared/text/text.ts";
import type { Assistant } from "../../create-assistant.ts";
import { type Line, runToEnd, type TellFrom, toRun, withNames } from "./answer-question.ts";
import { type CitedWords, putTogether, type Words } from "./words.ts";

/** What is summed up. */
export interface SummedUp extends TellFrom {
	/** In whose name: the assistant's own. */
	readonly ownId: UserId;
}

/** Fewer are read faster than told. */
const fewest = 3;

/** What happened, as a message; undefined: too little, or nobody could tell. A digest that did not come is no news. */
export const tellDigest = async (
	assistant: Assistant,
	of: SummedUp,
	every: "day" | "week",
): Promise<Words | undefined> => {
	const lines = await sumUp(assistant, of);
	if (lines.length === 0) return undefined;
	return putTogether([text(every === "day" ? "bot.digestDay" : "bot.digestWeek"), ...lines]);
};

/** The lines of a summary, with the names of those who wrote what they rest on; none: too little was written, or it failed. */
export const sumUp = async (
	assistant: Assistant,
	{ roomId, ownId, language, messages, names, signal }: SummedUp,
): Promise<readonly CitedWords[]> => {
	if (messages.length < fewest) return [];
	const input = { kind: "summary", roomId, language, messages: messages.map((one) => toRun(one, names)) } as const;
	const said = await runToEnd(assistant, { askerId: ownId, roomId, signal }, input);
	if (said.kind !== "done") return [];
	return said.lines.map((line) => {
		const { words, cites } = withNames(labelled(line), { messages, names });
		return { words: `• ${words}`, cites };
	});
};

const labelled = (line: Line): Line => {
	if (line.label === "plain") return line;
	return { ...line, text: text(line.label === "action" ? "bot.action" : "bot.decision", { text: line.text }) };
};
