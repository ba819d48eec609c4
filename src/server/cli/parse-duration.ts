import { UsageError } from "./command.ts";

const unitsMs: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** `30m`, `12h`, `7d` or `2w` in milliseconds; at most ten years. */
export const parseDuration = (text: string): number => {
	const [, amount = "", unit = ""] = /^([1-9]\d{0,5})([mhdw])$/.exec(text) ?? [];
	const durationMs = Number(amount) * (unitsMs[unit] ?? Number.NaN);
	if (!(durationMs > 0 && durationMs <= 3650 * 86_400_000)) {
		throw new UsageError(`"${text}" is no duration: write a number and m, h, d or w, for example --expires-in 7d`);
	}
	return durationMs;
};
