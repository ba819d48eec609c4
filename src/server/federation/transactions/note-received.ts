import type { EventId, ServerName } from "../../../../federation/identifiers/identifier-types.ts";
import type { Log } from "../../../shared/log.ts";
import type { Received } from "../receiving/received.ts";

/** Says of an event that was not accepted which rule it broke. */
export const noteReceived = (
	log: Log,
	{ origin, eventId }: { readonly origin: ServerName; readonly eventId: EventId },
	received: Received,
): void => {
	if (received.kind === "dropped") {
		log.warn({ peer: origin, rule: received.rule, event: eventId }, "a received event was dropped");
	} else if (received.kind === "stored" && received.status !== "accepted") {
		log.info({ peer: origin, rule: received.rule, event: eventId }, `a received event was ${received.status}`);
	}
};
