import { findDay } from "./find-day.ts";
import { findHour } from "./find-hour.ts";
import { type MomentWords, momentWords } from "./moment-words.ts";

/** A moment that a text names. */
export interface FoundMoment {
	/** Milliseconds since the Unix epoch. */
	readonly at: number;
	/** False: it names a day alone, and the hour is a proposal. */
	readonly hasHour: boolean;
}

export interface MomentContext {
	/** When the text was written: “tomorrow” is the day after. */
	readonly writtenAt: number;
	/** What is over is nothing to be reminded of. */
	readonly now: number;
	/** The reader's; English is understood as well. */
	readonly language: string;
}

const usualHour = 9;
const longest = 2_000;
const farthestMs = 400 * 86_400_000;
const minuteMs = 60_000;

/**
 * The first moment to come that a text names in a simple form: a date, a weekday, today or tomorrow, an hour, or in so many
 * minutes, hours, days or weeks. Hours and days are those of whoever reads. Undefined where it names none, or one that is over.
 */
export const findMoment = (text: string, context: MomentContext): FoundMoment | undefined => {
	const words = text.slice(0, longest).toLowerCase();
	for (const language of new Set([context.language, "en"])) {
		const found = momentIn(words, momentWords(language), context.writtenAt);
		if (found !== undefined && found.at > context.now && found.at < context.now + farthestMs) return found;
	}
	return undefined;
};

const momentIn = (text: string, words: MomentWords, writtenAt: number): FoundMoment | undefined => {
	const soon = momentAfter(text, words, writtenAt);
	if (soon !== undefined) return soon;
	const day = findDay(text, words, new Date(writtenAt));
	const hour = findHour(day === undefined ? text : text.replace(day.words, " "));
	if (day === undefined && hour === undefined) return undefined;
	const date = day?.date ?? new Date(writtenAt);
	const { hours, minutes } = hour ?? { hours: usualHour, minutes: 0 };
	const at = new Date(date.getFullYear(), date.getMonth(), date.getDate(), hours, minutes);
	// An hour that was over as it was named is one of the next day.
	if (day === undefined && at.getTime() <= writtenAt) at.setDate(at.getDate() + 1);
	return { at: at.getTime(), hasHour: hour !== undefined };
};

/** In so many minutes or hours, to the minute. */
const momentAfter = (text: string, { after }: MomentWords, writtenAt: number): FoundMoment | undefined => {
	for (const { unit, pattern } of after) {
		if (unit !== "minute" && unit !== "hour") continue;
		const count = Number(pattern.exec(text)?.[1] ?? Number.NaN);
		if (Number.isNaN(count)) continue;
		const at = writtenAt + count * (unit === "hour" ? 60 : 1) * minuteMs;
		return { at: Math.ceil(at / minuteMs) * minuteMs, hasHour: true };
	}
	return undefined;
};
