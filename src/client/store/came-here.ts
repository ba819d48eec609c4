import type { WireEvent } from "../../shared/wire/event.ts";
import { memberOf } from "./event-content.ts";
import { type ClosedReason, closedReasonOf } from "./event-seal.ts";
import { comparePositions } from "./position.ts";

/** The position at which the reader came into the room, the last time; `undefined`: before what is here. */
export function whenCame(events: readonly WireEvent[], ownUserId: string): string | undefined {
	return events.findLast((event) => {
		if (event.stateKey !== ownUserId || memberOf(event)?.membership !== "join") return false;
		return event.previousContent?.["membership"] !== "join";
	})?.position;
}

/**
 * The reason for which an event shows no words to whoever came then. To what was written before nobody had to give them a
 * key: whoever invites hands over what newcomers may read, and who came by themselves was invited by no device.
 */
export function closedReasonFor(event: WireEvent, cameAt: string | undefined): ClosedReason | undefined {
	const reason = closedReasonOf(event);
	if (reason !== "no-key" && reason !== "key-begins-later") return reason;
	return cameAt !== undefined && comparePositions(event.position, cameAt) < 0 ? "before-you" : reason;
}
