import { text } from "./text.ts";

const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const weekday = new Intl.DateTimeFormat(undefined, { weekday: "short" });
const shortDate = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" });
const longDate = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long" });
const fullDate = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "long", year: "numeric" });

const date = new Intl.DateTimeFormat(undefined, { dateStyle: "medium" });

const dayMs = 86_400_000;

/** The hour and minute of a moment. */
export function clockTime(ts: number): string {
	return clock.format(ts);
}

/** The date of a moment, where it stands alone. */
export function dateText(ts: number): string {
	return date.format(ts);
}

/** The calendar day of a moment where the reader is, as something to compare. */
export function dayKey(ts: number): string {
	const date = new Date(ts);
	return `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`;
}

/** What a date chip says: Today, Yesterday, a weekday of this year, or the full date. */
export function dayLabel(ts: number, now: number): string {
	if (dayKey(ts) === dayKey(now)) return text("chat.today");
	if (dayKey(ts) === dayKey(now - dayMs)) return text("chat.yesterday");
	const isThisYear = new Date(ts).getFullYear() === new Date(now).getFullYear();
	return (isThisYear ? longDate : fullDate).format(ts);
}

/** What the chat list says: the hour today, the weekday within a week, else the date. */
export function listTime(ts: number, now: number): string {
	if (dayKey(ts) === dayKey(now)) return clock.format(ts);
	if (now - ts < 6 * dayMs && ts <= now) return weekday.format(ts);
	return shortDate.format(ts);
}
