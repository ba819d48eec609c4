/** The order of a part of the graph, along `prev_events`. */
import type { EventId } from "../identifiers/identifier-types.ts";
import type { RoomEvent } from "./room-event.ts";

/**
 * Each after those of them that it names, and of those that do not name each other the less deep first. Ids are hashes of
 * what they name, so there are no circles.
 */
export const inGraphOrder = (events: ReadonlyMap<EventId, RoomEvent>): readonly RoomEvent[] => {
	const ordered = new Set<RoomEvent>();
	for (const start of [...events.values()].toSorted((one, other) => one.depth - other.depth)) {
		const pending = [start];
		for (let event = pending.at(-1); event !== undefined; event = pending.at(-1)) {
			const before = event.prevEvents.flatMap((id) => events.get(id) ?? []).filter((one) => !ordered.has(one));
			if (before.length > 0 && !ordered.has(event)) {
				pending.push(...before);
				continue;
			}
			ordered.add(event);
			pending.pop();
		}
	}
	return [...ordered];
};
