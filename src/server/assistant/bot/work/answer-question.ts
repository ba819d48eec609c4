import type { RoomId, UserId } from "../../../../../federation/identifiers/identifier-types.ts";
import { isAppError } from "../../../../shared/app-error.ts";
import "../../../../shared/text/en/assistant.ts";
import "../../../../shared/text/en/assistant-bot.ts";
import { createTextCleaner } from "../../../../shared/assistant/output/clean-text.ts";
import { text } from "../../../../shared/text/text.ts";
import type { StartRunInput, WireAssistantMessage, WireRunEvent } from "../../../../shared/wire/assistant.ts";
import type { Assistant } from "../../create-assistant.ts";
import type { SeenMessage } from "../seen-messages.ts";
import { type CitedWords, putTogether, type Words } from "./words.ts";

/** What something is told from, where. */
export interface TellFrom {
	readonly roomId: RoomId;
	/** As a browser names it. */
	readonly language: string;
	/** What was written, the oldest first. */
	readonly messages: readonly SeenMessage[];
	/** How people are shown. */
	readonly names: ReadonlyMap<string, string>;
	readonly signal: AbortSignal;
}

/** Who asks what. */
export interface Asked extends TellFrom {
	readonly askerId: UserId;
	readonly question: string;
}

/** Messages that a question is answered from, at most. */
const mostRead = 200;
const longestQuestion = 1000;
const longestName = 40;

/** The answer to a question from what was written, or why there is none; undefined: nothing is to be said. */
export const answerQuestion = async (assistant: Assistant, asked: Asked): Promise<Words | undefined> => {
	const { roomId, question, messages, language, names } = asked;
	if (question === "") return putTogether([text("bot.noQuestion")]);
	if (messages.length === 0) return putTogether([text("bot.nothingSeen")]);
	const read = messages.slice(-mostRead);
	const input: StartRunInput = {
		...{ kind: "ask", roomId, language, question: question.slice(0, longestQuestion) },
		// What does not fit is left out from the end: the newest say most.
		messages: read.toReversed().map((message) => toRun(message, names)),
	};
	const said = await runToEnd(assistant, asked, input);
	if (said.kind !== "done") return said.words === undefined ? undefined : putTogether([said.words]);
	const lines = said.lines.map((line) => withNames(line, { messages: read, names }));
	return putTogether(lines.length === 0 ? [text("bot.unknown")] : lines);
};

/** A line with the names of those who wrote what it rests on, and which messages that are. */
export const withNames = (
	{ text: words, cites }: Pick<Line, "text" | "cites">,
	{ messages, names }: Pick<Asked, "messages" | "names">,
): CitedWords => {
	const cited = messages.filter(({ eventId }) => cites.includes(eventId));
	const writers = new Set(cited.map(({ sender }) => sender));
	const from = [...writers].map((sender) => shownName(names.get(sender) ?? sender));
	return {
		words: from.length === 0 ? words : text("bot.from", { text: words, names: from.join(", ") }),
		cites: cited.map(({ eventId }) => eventId),
	};
};

export type Line = Extract<WireRunEvent, { readonly kind: "line" }>;

type Outcome =
	| { readonly kind: "done"; readonly lines: readonly Line[] }
	/** Undefined: nothing is said of it. */
	| { readonly kind: "refused"; readonly words: string | undefined };

/** Carries a run out in the name of whoever wants it, by the same queue and limits as if they had started it themselves. */
export const runToEnd = async (
	assistant: Assistant,
	{ askerId, roomId, signal }: Pick<Asked, "askerId" | "roomId" | "signal">,
	input: StartRunInput,
): Promise<Outcome> => {
	let cancel = (): void => undefined;
	try {
		const { runId } = await assistant.start(askerId, input, roomId);
		cancel = () => assistant.cancel(askerId, runId);
		signal.addEventListener("abort", cancel, { once: true });
		const lines: Line[] = [];
		for await (const { event } of assistant.follow(askerId, runId, { after: 0, signal })) {
			if (event.kind === "line") lines.push(event);
			if (event.kind === "done") return { kind: "done", lines };
			if (event.kind === "failed") {
				return { kind: "refused", words: text("bot.failed", { why: text(`noAnswer.${event.reason}`) }) };
			}
		}
		return { kind: "refused", words: undefined };
	} catch (error) {
		return { kind: "refused", words: refusal(error) };
	} finally {
		signal.removeEventListener("abort", cancel);
	}
};

const refusal = (error: unknown): string | undefined => {
	if (!isAppError(error)) throw error;
	if (error.code === "too-many-requests") return text("bot.tooMany");
	// Whoever asked left, or the room wants no assistant any more.
	if (error.code === "not-a-member" || error.code === "assistant-off" || error.code === "not-found") return undefined;
	return text("bot.failed", { why: text("noAnswer.failed") });
};

export const toRun = (
	{ eventId, sender, at, body }: SeenMessage,
	names: ReadonlyMap<string, string>,
): WireAssistantMessage => ({
	...{ eventId, at, body, isOwn: false },
	sender: (names.get(sender) ?? sender).slice(0, 120),
});

/** Names are words of other people, too: no address, nothing hidden, no line of its own. */
export const shownName = (name: string): string =>
	createTextCleaner([]).clean(name).replaceAll(/\s+/g, " ").trim().slice(0, longestName);
