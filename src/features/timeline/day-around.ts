/** The calendar day of a moment where the reader is, as a span: cheaper to ask for ten thousand rows than a date each. */
export function dayAround(ts: number): { readonly start: number; readonly end: number } {
	const date = new Date(ts);
	const [year, month, day] = [date.getFullYear(), date.getMonth(), date.getDate()];
	return { start: new Date(year, month, day).getTime(), end: new Date(year, month, day + 1).getTime() };
}
