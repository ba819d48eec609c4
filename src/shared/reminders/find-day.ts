import { type MomentWords, whole } from "./moment-words.ts";

/** A day that a text names, and the words for it. */
export interface FoundDay {
	readonly date: Date;
	readonly words: string;
}

/** The day that stands first in a text. @param from the day on which it was written */
export const findDay = (text: string, words: MomentWords, from: Date): FoundDay | undefined => {
	const found = [
		isoDay(text),
		numberedDay(text, words, from),
		namedDay(text, words, from),
		calledDay(text, words, from),
	];
	const counted = countedDay(text, words, from);
	return [...found, counted]
		.filter((one) => one !== undefined)
		.sort((one, other) => text.indexOf(one.words) - text.indexOf(other.words))[0];
};

const isoDay = (text: string): FoundDay | undefined => {
	const match = whole("(\\d{4})-(\\d{2})-(\\d{2})").exec(text);
	if (match === null) return undefined;
	return dayOf(match[0], { year: Number(match[1]), month: Number(match[2]) - 1, day: Number(match[3]) });
};

/** Such as 24.12., 24/12/2026 or 12/24. */
const numberedDay = (text: string, { isDayFirst }: MomentWords, from: Date): FoundDay | undefined => {
	const match = whole("(\\d{1,2})([./])(\\d{1,2})(?:\\2(\\d{4})|(\\.))?").exec(text);
	if (match === null) return undefined;
	const [all, one, mark, two, year, end] = match;
	// 9.30 is an hour, or a price; with a point behind it, or a year, it is a day.
	if (mark === "." && year === undefined && end === undefined) return undefined;
	const isDay = mark === "." || isDayFirst;
	const [day, month] = isDay ? [Number(one), Number(two)] : [Number(two), Number(one)];
	return nextOf(all, { day, month: month - 1, year: year === undefined ? undefined : Number(year) }, from);
};

/** Such as 24 December, or December 24th 2026. */
const namedDay = (text: string, { months }: MomentWords, from: Date): FoundDay | undefined => {
	const names = [...months.keys()].sort((one, other) => other.length - one.length).join("|");
	if (names === "") return undefined;
	const number = "(\\d{1,2})(?:st|nd|rd|th|\\.|er|º)?";
	const year = "(?:,?\\s+(\\d{4}))?";
	const before = whole(`${number}\\s+(?:de\\s+|of\\s+)?(${names})\\.?${year}`).exec(text);
	const behind = whole(`(${names})\\.?\\s+${number}${year}`).exec(text);
	const [match, day, name, inYear] =
		before !== null
			? [before[0], before[1], before[2], before[3]]
			: [behind?.[0], behind?.[2], behind?.[1], behind?.[3]];
	const month = months.get(name ?? "");
	if (match === undefined || month === undefined) return undefined;
	return nextOf(match, { day: Number(day), month, year: inYear === undefined ? undefined : Number(inYear) }, from);
};

/** Today, tomorrow, or the next day that is called so. */
const calledDay = (text: string, { days, weekdays }: MomentWords, from: Date): FoundDay | undefined => {
	const called = [...days].map(([word, count]) => ({ word, count }));
	const named = [...weekdays].map(([word, weekday]) => ({ word, count: ((weekday - from.getDay() + 6) % 7) + 1 }));
	const [first] = [...called, ...named]
		.map(({ word, count }) => ({ word, count, at: whole(word).exec(text)?.index ?? -1 }))
		.filter(({ at }) => at >= 0)
		.sort((one, other) => one.at - other.at || other.word.length - one.word.length);
	return first && { words: first.word, date: daysAfter(from, first.count) };
};

/** In so many days or weeks. */
const countedDay = (text: string, { after }: MomentWords, from: Date): FoundDay | undefined => {
	for (const { unit, pattern } of after) {
		if (unit !== "day" && unit !== "week") continue;
		const match = pattern.exec(text);
		if (match === null) continue;
		return { words: match[0], date: daysAfter(from, Number(match[1]) * (unit === "week" ? 7 : 1)) };
	}
	return undefined;
};

const daysAfter = (from: Date, count: number): Date =>
	new Date(from.getFullYear(), from.getMonth(), from.getDate() + count);

interface Calendar {
	readonly year: number;
	/** From 0. */
	readonly month: number;
	readonly day: number;
}

/** The next such day where no year is named. */
const nextOf = (
	words: string,
	{ year, month, day }: Omit<Calendar, "year"> & { readonly year: number | undefined },
	from: Date,
): FoundDay | undefined => {
	if (year !== undefined) return dayOf(words, { year, month, day });
	const today = daysAfter(from, 0);
	const found = dayOf(words, { year: from.getFullYear(), month, day });
	if (found === undefined || found.date >= today) return found;
	return dayOf(words, { year: from.getFullYear() + 1, month, day });
};

/** Undefined for what no calendar has. */
const dayOf = (words: string, { year, month, day }: Calendar): FoundDay | undefined => {
	const date = new Date(year, month, day);
	const isThere = date.getFullYear() === year && date.getMonth() === month && date.getDate() === day;
	return isThere ? { words, date } : undefined;
};
