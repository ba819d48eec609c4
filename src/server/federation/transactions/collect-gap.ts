import { inGraphOrder } from "../../../../federation/events/in-graph-order.ts";
import { parseEvent } from "../../../../federation/events/parse-event.ts";
import type { RoomEvent } from "../../../../federation/events/room-event.ts";
import { type Asking, askForMissingEvents, type Given } from "../../../../federation/handshakes/ask-for-events.ts";
import type { EventId } from "../../../../federation/identifiers/identifier-types.ts";
import { encodeCanonicalJson } from "../../../../federation/json/canonical-json.ts";
import type { RoomVersion } from "../../../../federation/room-versions/room-version.ts";
import type { GapDependencies } from "./gap-dependencies.ts";

/** What another server gave of a gap. */
export interface CollectedGap {
	/** Oldest first, as far as they name each other. */
	readonly events: readonly RoomEvent[];
	/** Why it gave no more, where it did not answer. */
	readonly failure: Exclude<Given<object>, { kind: "given" }> | undefined;
}

/** Beyond these a gap stays open: what is older is asked for when somebody scrolls there. */
const maxEvents = 5_000;
const maxBytes = 32 * 1_048_576;
const maxCalls = 60;
const perCall = 100;
/** An event may name twenty others; more ends than this are not walked at once. */
const maxLatest = 20;

/**
 * Walks back from an event whose previous ones are not stored, until they are or the other server has no more. It ends by
 * itself: every call must bring events that were not there before, of which there are only so many.
 */
export const collectGap = async (
	dependencies: GapDependencies,
	asking: Asking,
	from: { readonly event: RoomEvent; readonly version: RoomVersion },
): Promise<CollectedGap> => {
	const found = new Map<EventId, RoomEvent>();
	const earliest = (await dependencies.transactions.endsOf(asking.roomId)).slice(0, maxLatest);
	let bytes = 0;
	for (let calls = 0; calls < maxCalls && found.size < maxEvents && bytes < maxBytes; calls += 1) {
		const latest = await openAt(dependencies, from.event, found);
		if (latest.length === 0) break;
		const answer = await askForMissingEvents(asking, { earliest, latest, limit: perCall });
		if (answer.kind !== "given") return { events: inGraphOrder(found), failure: answer };
		const before = found.size;
		for (const pdu of answer.pdus.slice(0, perCall)) {
			const parsed = parseEvent(pdu, from.version);
			if (parsed.kind === "refused" || parsed.event.roomId !== asking.roomId) continue;
			const { event } = parsed;
			if (found.has(event.eventId) || event.eventId === from.event.eventId) continue;
			found.set(event.eventId, event);
			bytes += encodeCanonicalJson(event.json).length;
		}
		if (found.size === before) break;
	}
	return { events: inGraphOrder(found), failure: undefined };
};

/** The events of the gap of which a previous one is neither in it nor stored. */
const openAt = async (
	{ graph }: GapDependencies,
	last: RoomEvent,
	found: ReadonlyMap<EventId, RoomEvent>,
): Promise<readonly EventId[]> => {
	const unknown = (event: RoomEvent): readonly EventId[] => event.prevEvents.filter((id) => !found.has(id));
	const candidates = [...found.values(), last].filter((event) => unknown(event).length > 0);
	const stored = await graph.find([...new Set(candidates.flatMap(unknown))]);
	const isOpen = (event: RoomEvent): boolean => unknown(event).some((id) => stored.get(id)?.stateGroupId === undefined);
	return candidates
		.filter(isOpen)
		.slice(0, maxLatest)
		.map(({ eventId }) => eventId);
};
