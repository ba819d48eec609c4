import type { WireDigest } from "../../../../shared/wire/assistant.ts";

const hourMs = 3_600_000;
const dayMs = 86_400_000;

/** What a digest tells of at most, in milliseconds. */
export const digestSpanMs = ({ every }: WireDigest): number => (every === "day" ? dayMs : 7 * dayMs);

/** Between two of them, whatever is chosen anew meanwhile. */
const leastPauseMs = 2 * hourMs;

/**
 * Whether a digest is due: the hour that was chosen goes on where the room's people are, and it was not told in it yet. An
 * hour in which no server ran is passed over.
 */
export const isDigestDue = (
	{ every, hour, weekday, zone }: WireDigest,
	{ now, lastAt }: { readonly now: number; readonly lastAt: number | undefined },
): boolean => {
	if (lastAt !== undefined && now - lastAt < leastPauseMs) return false;
	const local = localTime(now, zone);
	return local.hour === hour && (every === "day" || local.weekday === weekday);
};

const weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

/** A zone that nobody knows is that of the world's clock. */
const localTime = (now: number, zone: string): { readonly hour: number; readonly weekday: number } => {
	const shape = { hour: "numeric", weekday: "short", hourCycle: "h23" } as const;
	const parts = formatIn(shape, zone).formatToParts(now);
	const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? "";
	return { hour: Number(part("hour")), weekday: weekdays.indexOf(part("weekday")) };
};

const formatIn = (shape: Intl.DateTimeFormatOptions, zone: string): Intl.DateTimeFormat => {
	try {
		return new Intl.DateTimeFormat("en", { ...shape, timeZone: zone });
	} catch {
		return new Intl.DateTimeFormat("en", { ...shape, timeZone: "UTC" });
	}
};
