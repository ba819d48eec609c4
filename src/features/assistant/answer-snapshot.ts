import type { ChatRun } from "../../client/assistant/chat-runs.ts";
import type { PickedMessage } from "../../client/assistant/pick-messages.ts";
import { isOver, type RunLine } from "../../client/assistant/run-state.ts";
import { catchUpAddress } from "../../client/rooms/addresses.ts";
import { clockTime, dateText, dayKey } from "../../shared/text/dates.ts";
import "../../shared/text/en/assistant.ts";
import { text } from "../../shared/text/text.ts";
import { type AnswerLine, lineReader, momentText } from "./answer-line-snapshot.ts";
import { peopleOf } from "./consent-snapshot.ts";
import { problemText } from "./problem-text.ts";

/** What the assistant said about a chat, as it is shown. */
export interface AnswerSnapshot {
	readonly id: number;
	/** What was asked; absent: it is a summary. */
	readonly question: string | undefined;
	/** Messages, people and time that it read. */
	readonly given: string;
	readonly span: string;
	readonly sections: readonly AnswerSection[];
	readonly isRunning: boolean;
	/** What else is to be known about it: that something was left out, that it was stopped. */
	readonly notes: readonly string[];
	/** Why there is no answer, or only a part. */
	readonly problem: string | undefined;
}

export interface AnswerSection {
	readonly key: string;
	readonly heading: string | undefined;
	readonly lines: readonly AnswerLine[];
}

export interface AnswerContext {
	readonly now: number;
	readonly shownEventId: string | undefined;
	/** The reader's. */
	readonly language?: string;
}

/** A run as it is shown. */
export function answerOf(run: ChatRun, context: AnswerContext): AnswerSnapshot {
	const { id, input, messages, state } = run;
	const line = lineReader(messages, { ...context, hrefOf: (eventId) => catchUpAddress(input.roomId, eventId) });
	return {
		id,
		question: input.kind === "ask" ? input.question : undefined,
		given: givenText(messages),
		span: spanText(messages, context.now),
		sections: sectionsOf(state.lines.map((one, index) => ({ ...one, shown: line(one, index) }))),
		isRunning: !isOver(state),
		notes: notesOf(run),
		problem: state.phase.kind === "failed" ? problemText(state.phase.why) : undefined,
	};
}

/** How many messages of how many people. */
function givenText(messages: readonly PickedMessage[]): string {
	return text("assistant.given", {
		messages: text("assistant.messages", { count: messages.length }),
		people: text("room.people", { count: peopleOf(messages).length }),
	});
}

function spanText(messages: readonly PickedMessage[], now: number): string {
	const [first, last] = [messages[0]?.message.at ?? 0, messages.at(-1)?.message.at ?? 0];
	const to = dayKey(last) === dayKey(now) ? text("assistant.today", { time: clockTime(last) }) : momentText(last, now);
	return text("assistant.span", { from: momentText(first, now), to });
}

const order = ["decision", "action", "plain"] as const;

interface ShownLine extends RunLine {
	readonly shown: AnswerLine;
}

/** By what they are; where all are of the last kind, that they are not of another one says nothing. */
function sectionsOf(lines: readonly ShownLine[]): readonly AnswerSection[] {
	const isMixed = lines.some(({ label }) => label !== "plain");
	return order.flatMap((label) => {
		const own = lines.filter((line) => line.label === label).map(({ shown }) => shown);
		if (own.length === 0) return [];
		return [{ key: label, heading: isMixed ? text(`answer.${label}`) : undefined, lines: own }];
	});
}

function notesOf({ input, search, state: { leftOut, phase } }: ChatRun): readonly string[] {
	const isUnknown = phase.kind === "done" && !phase.isKnown;
	return [
		...(isUnknown ? [text(input.kind === "ask" ? "ask.unknown" : "assistant.nothing")] : []),
		...(search === undefined ? [] : searchNotes(search)),
		...(leftOut === 0 ? [] : [text("answer.leftOut", { count: leftOut })]),
		...(phase.kind === "stopped" ? [text("run.stopped")] : []),
	];
}

function searchNotes({ count, since, isFound }: NonNullable<ChatRun["search"]>): readonly string[] {
	const messages = text("assistant.messages", { count });
	return [text("ask.searched", { messages, since: dateText(since) }), ...(isFound ? [] : [text("ask.noWords")])];
}
