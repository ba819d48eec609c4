import type { UserId } from "../../../federation/identifiers/identifier-types.ts";
import type { UnreadableReason } from "../../shared/wire/unreadable-reasons.ts";

/** Why messages could not be read, and how many: no word of whose or which. */
export interface UnreadableTally {
	readonly reason: UnreadableReason;
	readonly count: number;
}

/** How many messages could not be read, day by day, on the disk. */
export interface UnreadableCounts {
	/** Adds to the day of that moment, in UTC. */
	add(tallies: readonly UnreadableTally[], at: number): Promise<void>;
}

/** What a device says that it could not read, for the owner's figures; of the device nothing is kept. */
export const createUnreadableReports = (store: UnreadableCounts, clock: { now(): number }) => {
	const sinceStart = new Map<UnreadableReason, number>();
	return {
		report: async ({
			tallies,
		}: {
			readonly userId: UserId;
			readonly tallies: readonly UnreadableTally[];
		}): Promise<void> => {
			const sums = new Map<UnreadableReason, number>();
			for (const { reason, count } of tallies) sums.set(reason, (sums.get(reason) ?? 0) + count);
			await store.add(
				[...sums].map(([reason, count]) => ({ reason, count })),
				clock.now(),
			);
			for (const [reason, count] of sums) sinceStart.set(reason, (sinceStart.get(reason) ?? 0) + count);
		},
		/** Reported to this process, for metrics. */
		sinceStart: sinceStart as ReadonlyMap<string, number>,
	};
};
