const whole = new Intl.NumberFormat(undefined);
const short = new Intl.NumberFormat(undefined, { notation: "compact", maximumFractionDigits: 1 });
const utcDate = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", timeZone: "UTC" });
const utcWeekday = new Intl.DateTimeFormat(undefined, { weekday: "narrow", timeZone: "UTC" });
const units = ["kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

/** A count as people read it: whole up to ten thousand, then shortened. */
export function countText(count: number): string {
	return (Math.abs(count) < 10_000 ? whole : short).format(count);
}

/** A size in bytes, in the unit that leaves the fewest digits. */
export function bytesText(sizeBytes: number): string {
	const power = Math.min(Math.max(Math.floor(Math.log10(Math.max(sizeBytes, 1)) / 3), 1), units.length);
	const unit = units[power - 1] ?? "kilobyte";
	const format = new Intl.NumberFormat(undefined, { style: "unit", unit, maximumFractionDigits: power > 1 ? 1 : 0 });
	return format.format(sizeBytes / 1000 ** power);
}

/** A day of a chart, written `2026-05-04` and counted in UTC: as a date, and as the letter under its bar. */
export function utcDayText(day: string): { readonly date: string; readonly letter: string } {
	const ts = Date.parse(day);
	return { date: utcDate.format(ts), letter: utcWeekday.format(ts) };
}
