import type { PickedMessage } from "../../client/assistant/pick-messages.ts";
import type { RunLine } from "../../client/assistant/run-state.ts";
import { findMoment } from "../../shared/reminders/find-moment.ts";
import { clockTime, dayLabel } from "../../shared/text/dates.ts";
import "../../shared/text/en/assistant.ts";
import { text } from "../../shared/text/text.ts";
import { nameOf } from "./consent-snapshot.ts";

export interface AnswerLine {
	readonly key: string;
	readonly words: string;
	/** Nothing backs a line without any. */
	readonly cites: readonly CiteSnapshot[];
	/** It says that something is to be done, or names a moment to come. */
	readonly canRemind: boolean;
}

export interface CiteSnapshot {
	readonly eventId: string;
	readonly number: number;
	readonly href: string;
	readonly label: string;
	/** It is what the conversation shows now. */
	readonly isShown: boolean;
}

export interface LineContext {
	readonly now: number;
	readonly shownEventId: string | undefined;
	/** Where a message is. */
	readonly hrefOf: (eventId: string) => string;
	/** The reader's; absent: nothing is proposed to be reminded of. */
	readonly language?: string;
	/** So many were numbered before. */
	readonly numbered?: number;
}

/** Reads lines for show; messages are numbered as they stand in what was given. */
export function lineReader(messages: readonly PickedMessage[], context: LineContext) {
	const { now, shownEventId, hrefOf, language, numbered = 0 } = context;
	const places = new Map(
		messages.map(({ message }, index) => [message.eventId, { message, number: numbered + index + 1 }]),
	);
	return ({ text: words, cites, label }: RunLine, index: number): AnswerLine => ({
		key: `line-${index}`,
		words,
		canRemind:
			language !== undefined &&
			(label === "action" || findMoment(words, { writtenAt: now, now, language }) !== undefined),
		cites: cites.flatMap((eventId) => {
			const place = places.get(eventId);
			if (place === undefined) return [];
			const { number, message } = place;
			const label = text("answer.cite", { number, name: nameOf(message), time: momentText(message.at, now) });
			return [{ eventId, number, href: hrefOf(eventId), label, isShown: eventId === shownEventId }];
		}),
	});
}

export function momentText(ts: number, now: number): string {
	return `${dayLabel(ts, now)} ${clockTime(ts)}`;
}
