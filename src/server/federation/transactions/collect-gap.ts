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
const maxEarliest = 50;

/**
 * Walks back from an event whose previous ones are not stored, until they are, the other server has no more, or what comes
 * is from before this server came into the room: that is history, and whoever scrolls there asks for it. It ends by itself:
 * every call must bring events that were not there before, of which there are only so many.
 */
export const collectGap = async (
	dependencies: GapDependencies,
	asking: Asking,
	from: { readonly event: RoomEvent; readonly version: RoomVersion },
): Promise<CollectedGap> => {
	const { ends, entryDepth } = await dependencies.transactions.gapBounds(asking.roomId);
	const found = new Map<EventId, RoomEvent>();
	const look = createGapView(dependencies, { last: from.event, found, entryDepth });
	let bytes = 0;
	let view = await look();
	for (let calls = 0; calls < maxCalls && found.size < maxEvents && bytes < maxBytes; calls += 1) {
		if (view.open.length === 0) break;
		const earliest = [...new Set([...view.known, ...ends])].slice(0, maxEarliest);
		const gap = { earliest, latest: view.open.slice(0, maxLatest), minDepth: entryDepth, limit: perCall };
		const answer = await askForMissingEvents(asking, gap);
		if (answer.kind !== "given") return { events: inGraphOrder(view.missing), failure: answer };
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
		view = await look();
	}
	return { events: inGraphOrder(view.missing), failure: undefined };
};

/** A gap as far as it is known. */
interface GapView {
	/** What was found and leads from the event to what is stored. Others give more than that: what is behind it. */
	readonly missing: ReadonlyMap<EventId, RoomEvent>;
	/** Events of the gap of which a previous one is neither found nor stored. */
	readonly open: readonly EventId[];
	/** Stored events at which the gap ends. */
	readonly known: readonly EventId[];
}

const createGapView = (
	{ graph }: GapDependencies,
	gap: { readonly last: RoomEvent; readonly found: ReadonlyMap<EventId, RoomEvent>; readonly entryDepth: number },
): (() => Promise<GapView>) => {
	const { last, found, entryDepth } = gap;
	const isStored = new Map<EventId, boolean>();
	const lookUp = async (): Promise<void> => {
		const named = new Set([last, ...found.values()].flatMap(({ prevEvents }) => prevEvents));
		const unknown = [...named].filter((id) => !isStored.has(id));
		const stored = await graph.find(unknown);
		for (const id of unknown) isStored.set(id, stored.get(id)?.stateGroupId !== undefined);
	};
	return async () => {
		await lookUp();
		const missing = new Map<EventId, RoomEvent>();
		const [open, known] = [new Set<EventId>(), new Set<EventId>()];
		const pending = [last];
		for (let event = pending.pop(); event !== undefined; event = pending.pop()) {
			for (const id of event.prevEvents) {
				const previous = found.get(id);
				if (isStored.get(id) === true) known.add(id);
				else if (previous === undefined) open.add(event.eventId);
				else if (previous.depth >= entryDepth && !missing.has(id)) {
					missing.set(id, previous);
					pending.push(previous);
				}
			}
		}
		return { missing, open: [...open], known: [...known] };
	};
};
