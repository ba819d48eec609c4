import "../../../../shared/text/en/assistant-bot.ts";
import { createTextCleaner } from "../../../../shared/assistant/output/clean-text.ts";
import { text } from "../../../../shared/text/text.ts";
import type { Assistant } from "../../create-assistant.ts";
import { shownName } from "./answer-question.ts";
import { type SummedUp, sumUp } from "./tell-digest.ts";
import { putTogether, type Words } from "./words.ts";

const longestTopic = 300;
/** Of what was talked about lately. */
const mostLines = 3;
const mostRead = 60;

/** A greeting for somebody who has just come: who speaks, what the room is about, and what was talked about lately. */
export const greetNewcomer = async (
	assistant: Assistant,
	{ newcomer, topic, ...of }: SummedUp & { readonly newcomer: string; readonly topic: string },
): Promise<Words> => {
	const about = createTextCleaner([topic]).clean(topic).replaceAll(/\s+/g, " ").trim().slice(0, longestTopic);
	const lines = await sumUp(assistant, { ...of, messages: of.messages.slice(-mostRead) });
	return putTogether([
		text("bot.welcome", { name: shownName(newcomer) }),
		...(about === "" ? [] : [text("bot.about", { about })]),
		...(lines.length === 0 ? [] : [text("bot.lately"), ...lines.slice(0, mostLines)]),
	]);
};
