/**
 * The order in which events can be judged: each after those that it stands on. Ids are hashes of what they cite, so there
 * are no circles among events that came together.
 */
import type { EventId } from "../identifiers/identifier-types.ts";
import { createEventIdOf } from "../identifiers/room-id.ts";
import type { RoomEvent } from "./room-event.ts";

/** What must be known before the event: its auth events, and from version 12 the create event, which nobody cites. */
export const foundationsOf = ({ eventId, authEvents, roomId }: RoomEvent): readonly EventId[] => {
	const createId = createEventIdOf(roomId);
	return createId === undefined || createId === eventId ? authEvents : [...authEvents, createId];
};

/** The entries, each after its foundations among them. */
export function* oldestFirst<Entry extends { readonly event: RoomEvent }>(
	entries: ReadonlyMap<EventId, Entry>,
): Generator<Entry> {
	const done = new Set<EventId>();
	for (const start of entries.keys()) {
		const pending = [start];
		for (let id = pending.at(-1); id !== undefined; id = pending.at(-1)) {
			const entry = entries.get(id);
			const before = entry === undefined || done.has(id) ? [] : foundationsOf(entry.event);
			const next = before.filter((other) => entries.has(other) && !done.has(other));
			if (next.length > 0) {
				pending.push(...next);
				continue;
			}
			pending.pop();
			if (entry !== undefined && !done.has(id)) yield entry;
			done.add(id);
		}
	}
}
