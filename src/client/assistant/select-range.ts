import type { WireEvent } from "../../shared/wire/event.ts";
import { comparePositions } from "../store/position.ts";

/** Which messages are summed up: those that were unread at the opening of the chat, or those of a while. */
export type MessageRange = "unread" | "day" | "week" | "hundred";

export interface RangeContext {
	readonly now: number;
	/** Up to where the chat was read when it was opened; absent where nothing was unread. */
	readonly unreadFrom: string | undefined;
}

const dayMs = 86_400_000;
const hundred = 100;

/** The events of a range, from a run of them that reaches to the newest. */
export function selectRange(
	events: readonly WireEvent[],
	range: MessageRange,
	{ now, unreadFrom }: RangeContext,
): readonly WireEvent[] {
	switch (range) {
		case "unread":
			return events.filter(({ position }) => comparePositions(position, unreadFrom ?? "0") > 0);
		case "day":
			return events.filter(({ originServerTs }) => originServerTs >= now - dayMs);
		case "week":
			return events.filter(({ originServerTs }) => originServerTs >= now - 7 * dayMs);
		case "hundred":
			return events.filter(({ type }) => type === "m.room.message").slice(-hundred);
	}
}

/** True where all of a range is in what is here. */
export function reachesBack(events: readonly WireEvent[], range: MessageRange, context: RangeContext): boolean {
	const [oldest] = events;
	if (oldest === undefined) return false;
	if (range === "hundred") return selectRange(events, range, context).length === hundred;
	return selectRange([oldest], range, context).length === 0;
}
