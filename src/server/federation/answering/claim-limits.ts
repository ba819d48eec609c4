import type { ServerName } from "../../../../federation/identifiers/identifier-types.ts";

/** More than all the people of a server begin conversations with one device. */
const mostPerHour = 200;
const hourMs = 3_600_000;
const maxCounts = 20_000;

/** Whether a server may have one more key of a device: none takes all that a device has, over and over. */
export const createClaimLimits = (clock: { now(): number }) => {
	let counts = new Map<string, number>();
	let since = clock.now();
	return (origin: ServerName, device: string): boolean => {
		if (clock.now() - since > hourMs || counts.size >= maxCounts) {
			counts = new Map();
			since = clock.now();
		}
		const key = `${origin}\n${device}`;
		const count = counts.get(key) ?? 0;
		counts.set(key, count + 1);
		return count < mostPerHour;
	};
};
