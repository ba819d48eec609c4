import type { RoomEvent } from "../events/room-event.ts";
import type { EventId } from "../identifiers/identifier-types.ts";
import { AuthChainIndex } from "../state-resolution/auth-chain-index.ts";
import type { ResolutionSource } from "../state-resolution/resolution-source.ts";

/** A source over a room's state events, each listed after the events it cites. */
export const resolutionSourceOf = (
	events: Iterable<RoomEvent>,
	rejected: ReadonlySet<EventId> = new Set(),
): ResolutionSource => {
	const byId = new Map<EventId, RoomEvent>();
	const authChains = new AuthChainIndex();
	for (const event of events) {
		byId.set(event.eventId, event);
		if (event.stateKey !== undefined) authChains.add(event);
	}
	return { event: (id) => byId.get(id), rejected: (id) => rejected.has(id), authChains };
};
