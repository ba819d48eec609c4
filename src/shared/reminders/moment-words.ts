/** What days and months are called in a language, as its readers write them. */
export interface MomentWords {
	/** Small letters; the days from today for each. */
	readonly days: ReadonlyMap<string, number>;
	/** From Sunday, 0. */
	readonly weekdays: ReadonlyMap<string, number>;
	/** From January, 0. */
	readonly months: ReadonlyMap<string, number>;
	/** For each unit, what “in N of them” looks like: the number is the first group. */
	readonly after: readonly { readonly unit: Unit; readonly pattern: RegExp }[];
	/** True: 4/5 is the fourth of May. */
	readonly isDayFirst: boolean;
}

export type Unit = "minute" | "hour" | "day" | "week";

const units: readonly Unit[] = ["minute", "hour", "day", "week"];
const known = new Map<string, MomentWords>();

/** The words of a language, from what the platform knows of it. One that it does not know is read as English. */
export const momentWords = (language: string): MomentWords => {
	const before = known.get(language);
	if (before !== undefined) return before;
	const words = wordsOf(Intl.DateTimeFormat.supportedLocalesOf([language])[0] ?? "en");
	known.set(language, words);
	return words;
};

const wordsOf = (language: string): MomentWords => {
	const inWords = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
	const days = [0, 1, 2].map((count) => [inWords.format(count, "day").toLowerCase(), count] as const);
	return {
		// Where there is no word for it, it is a number, which is read as such.
		days: new Map(days.filter(([word]) => !/\d/.test(word))),
		weekdays: namesOf(language, { weekday: "long" }, weekOf),
		months: new Map([
			...namesOf(language, { month: "long" }, yearOf),
			...namesOf(language, { month: "long", day: "numeric" }, yearOf),
			...namesOf(language, { month: "short", day: "numeric" }, yearOf),
		]),
		after: units.flatMap((unit) => afterPatterns(language, unit)),
		isDayFirst: isDayFirst(language),
	};
};

/** From a Sunday on. */
const weekOf = Array.from({ length: 7 }, (_, place) => new Date(2023, 0, 1 + place));
const yearOf = Array.from({ length: 12 }, (_, place) => new Date(2023, place, 15));

const namesOf = (
	language: string,
	options: Intl.DateTimeFormatOptions,
	dates: readonly Date[],
): Map<string, number> => {
	const format = new Intl.DateTimeFormat(language, options);
	const wanted = options.weekday === undefined ? "month" : "weekday";
	return new Map(
		dates
			.map((date, place) => {
				const part = format.formatToParts(date).find(({ type }) => type === wanted)?.value ?? "";
				return [part.toLowerCase().replace(/\.$/, ""), place] as const;
			})
			.filter(([name]) => /^\p{L}{3,}$/u.test(name)),
	);
};

const afterPatterns = (language: string, unit: Unit): MomentWords["after"] => {
	const format = new Intl.RelativeTimeFormat(language, { numeric: "always" });
	// The forms of a word after one, two, and many.
	const forms = [1, 2, 5].map((count) =>
		format
			.formatToParts(count, unit)
			.map((part) => (part.type === "literal" ? escaped(part.value.toLowerCase()) : "(\\d{1,3})"))
			.join(""),
	);
	return [...new Set(forms)].map((form) => ({ unit, pattern: whole(form) }));
};

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&").replaceAll(/\s+/g, "\\s+");

/** A pattern that neither begins nor ends within a word. */
export const whole = (form: string): RegExp => new RegExp(`(?<![\\p{L}\\p{N}])${form}(?![\\p{L}\\p{N}])`, "u");

const isDayFirst = (language: string): boolean => {
	const parts = new Intl.DateTimeFormat(language, { day: "numeric", month: "numeric" }).formatToParts(
		new Date(2023, 0, 31),
	);
	return parts.findIndex(({ type }) => type === "day") < parts.findIndex(({ type }) => type === "month");
};
