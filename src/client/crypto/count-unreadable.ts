import { type UnreadableReason, unreadableReasons } from "../../shared/wire/unreadable-reasons.ts";

/** A message that shows no words. */
export interface UnreadMessage {
	readonly eventId: string;
	readonly reason: string;
}

export interface UnreadableTally {
	readonly reason: UnreadableReason;
	readonly count: number;
}

export interface CounterParts {
	/** Those of them that were counted before, whatever was reloaded. */
	readonly counted: (eventIds: readonly string[]) => Promise<ReadonlySet<string>>;
	readonly note: (eventIds: readonly string[]) => Promise<void>;
	readonly report: (tallies: readonly UnreadableTally[]) => Promise<unknown>;
	readonly now: () => number;
}

/** What repairs itself within it is nobody's figure. */
const patienceMs = 60_000;
/** What one report may say of a reason. */
const mostOfOne = 1_000;

const isCounted = (reason: string): reason is UnreadableReason =>
	(unreadableReasons as readonly string[]).includes(reason);

/**
 * Counts messages that stay unreadable, each once, for the figures of the server's owner: why and how many, neither whose nor
 * which. It is noted before it is reported: a report that is lost is not made up for.
 */
export function createUnreadableCounter({ counted, note, report, now }: CounterParts) {
	let since = new Map<string, number>();
	return {
		/** Looks at all that cannot be read now. */
		look: async (unread: readonly UnreadMessage[]): Promise<void> => {
			const at = now();
			since = new Map(unread.map(({ eventId }) => [eventId, since.get(eventId) ?? at]));
			const lasting = unread.filter(({ eventId }) => at - (since.get(eventId) ?? at) >= patienceMs);
			if (lasting.length === 0) return;
			const before = await counted(lasting.map(({ eventId }) => eventId));
			const fresh = lasting.filter(({ eventId, reason }) => isCounted(reason) && !before.has(eventId));
			if (fresh.length === 0) return;
			await note(fresh.map(({ eventId }) => eventId));
			await report(
				unreadableReasons.flatMap((reason) => {
					const count = fresh.filter((message) => message.reason === reason).length;
					return count === 0 ? [] : [{ reason, count: Math.min(count, mostOfOne) }];
				}),
			);
		},
	};
}
