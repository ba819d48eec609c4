import type { AllChatsPart, AllChatsRun } from "../../client/assistant/all-chats-run.ts";
import type { LookedThrough } from "../../client/assistant/look-through-chats.ts";
import { isOver } from "../../client/assistant/run-state.ts";
import { eventAddress, roomAddress } from "../../client/rooms/addresses.ts";
import "../../shared/text/en/assistant.ts";
import "../../shared/text/en/assistant-all.ts";
import { text } from "../../shared/text/text.ts";
import { type AnswerLine, lineReader } from "./answer-line-snapshot.ts";
import { problemText } from "./problem-text.ts";
import type { ProgressSnapshot } from "./progress-snapshot.ts";

/** What all chats answered, as it is shown. */
export interface AllChatsAnswer {
	readonly question: string;
	/** Chats with an answer first, in the order in which they were asked. */
	readonly chats: readonly ChatAnswer[];
	readonly notes: readonly string[];
	readonly isRunning: boolean;
	/** Absent: it is over. */
	readonly progress: ProgressSnapshot | undefined;
}

export interface ChatAnswer {
	readonly roomId: string;
	readonly href: string;
	readonly name: string;
	/** Every one has a message behind it. */
	readonly lines: readonly AnswerLine[];
	/** What there is instead, or what else is to be known. */
	readonly notes: readonly string[];
}

/** The answers of all chats put together: of each the lines that messages stand behind, and of no chat anything else. */
export function allChatsAnswer(run: AllChatsRun, now: number): AllChatsAnswer {
	const isRunning = !run.isStopped && run.parts.some(({ state }) => state === undefined || !isOver(state));
	let numbered = 0;
	const chats = run.parts.flatMap((part) => {
		const chat = answerOf(part, { now, numbered, isStopped: run.isStopped });
		numbered += part.messages.length;
		return chat === undefined ? [] : [chat];
	});
	const isAnswered = chats.some(({ lines }) => lines.length > 0);
	return {
		question: run.question,
		chats: [...chats.filter(({ lines }) => lines.length > 0), ...chats.filter(({ lines }) => lines.length === 0)],
		notes: [...(isRunning || isAnswered ? [] : [text("all.none")]), ...lookedNotes(run.looked)],
		isRunning,
		progress: isRunning ? progressOf(run) : undefined,
	};
}

interface PartContext {
	readonly now: number;
	readonly numbered: number;
	readonly isStopped: boolean;
}

function answerOf(part: AllChatsPart, { now, numbered, isStopped }: PartContext): ChatAnswer | undefined {
	const { roomId, name, messages, state } = part;
	const href = roomAddress(roomId);
	if (state === undefined) {
		return isStopped ? { roomId, href, name, lines: [], notes: [text("all.notAsked")] } : undefined;
	}
	const hrefOf = (eventId: string): string => eventAddress(roomId, eventId);
	const all = state.lines.map(lineReader(messages, { now, numbered, hrefOf, shownEventId: undefined }));
	const lines = all.filter(({ cites }) => cites.length > 0);
	const { phase } = state;
	const isUnknown = phase.kind === "done" && lines.length === 0;
	const notes = [
		...(isUnknown ? [text("all.unknownIn")] : []),
		...(phase.kind === "failed" ? [problemText(phase.why)] : []),
		...(phase.kind === "stopped" ? [text("run.stopped")] : []),
		...(state.leftOut === 0 ? [] : [text("answer.leftOut", { count: state.leftOut })]),
		...(all.length === lines.length ? [] : [text("all.uncited", { count: all.length - lines.length })]),
	];
	return lines.length === 0 && notes.length === 0 ? undefined : { roomId, href, name, lines, notes };
}

function progressOf({ parts }: AllChatsRun): ProgressSnapshot {
	const done = parts.filter(({ state }) => state !== undefined && isOver(state)).length;
	const name = parts[done]?.name ?? "";
	return { words: text("all.asking", { name }), share: { done, total: parts.length } };
}

const mostNames = 3;

/** How far was looked, and where not. */
export function lookedNotes({ messageCount, chatCount, off }: LookedThrough): readonly string[] {
	const messages = text("assistant.messages", { count: messageCount });
	return [
		text("all.looked", { messages, chats: text("all.chats", { count: chatCount }) }),
		...(off.length === 0 ? [] : [text("all.off", { names: namesOf(off) })]),
	];
}

function namesOf(names: readonly string[]): string {
	const left = names.length - mostNames;
	const shown = names.slice(0, mostNames).join(", ");
	return left <= 0 ? shown : text("all.offMore", { names: shown, count: left });
}
