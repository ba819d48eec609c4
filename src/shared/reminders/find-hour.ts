import { whole } from "./moment-words.ts";

export interface FoundHour {
	readonly hours: number;
	readonly minutes: number;
}

/** What stands before an hour, and what behind it, in some languages. */
const before = "(?:at|um|gegen|à|a\\s+las|a\\s+la|alle|às|om|kl\\.?|о|w|o)";
const behind = "(?:uhr|h|heures?|o['’]clock|часов)";

/** Words for an hour of a day. */
const parts: readonly (readonly [RegExp, number])[] = [
	[whole("(?:noon|midday|mittags?|midi|mediodía)"), 12],
	[whole("(?:morning|vormittags?|matin)"), 9],
	[whole("(?:afternoon|nachmittags?|après-midi)"), 15],
	[whole("(?:evening|tonight|abends?|soir|sera)"), 19],
];

/** The hour that a text names: 9:30, at 9, 9 pm, um 9 Uhr, or a part of the day. */
export const findHour = (text: string): FoundHour | undefined => {
	const half = whole("(\\d{1,2})(?:[:.h](\\d{2}))?\\s*([ap])\\.?m\\.?").exec(text);
	if (half !== null) return hourOf(half[1], half[2], half[3]);
	const clock = whole("(\\d{1,2})[:h](\\d{2})").exec(text);
	if (clock !== null) return hourOf(clock[1], clock[2]);
	const said =
		whole(`${before}\\s+(\\d{1,2})(?:\\.(\\d{2}))?`).exec(text) ??
		whole(`(\\d{1,2})(?:[.:](\\d{2}))?\\s*${behind}`).exec(text);
	if (said !== null) return hourOf(said[1], said[2]);
	const part = parts.find(([pattern]) => pattern.test(text));
	return part && { hours: part[1], minutes: 0 };
};

const hourOf = (hour = "", minute = "0", half?: string): FoundHour | undefined => {
	const [hours, minutes] = [Number(hour), Number(minute)];
	if (minutes > 59 || hours > (half === undefined ? 24 : 12)) return undefined;
	if (half === undefined) return hours === 24 ? undefined : { hours, minutes };
	return { hours: (hours % 12) + (half === "p" ? 12 : 0), minutes };
};
