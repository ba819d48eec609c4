import { isStateEvent } from "../../../../federation/authorization/auth-state.ts";
import { oldestFirst } from "../../../../federation/events/oldest-first.ts";
import { parseEvent } from "../../../../federation/events/parse-event.ts";
import type { RoomEvent, StateEvent } from "../../../../federation/events/room-event.ts";
import { checkWithoutState } from "../../../../federation/handshakes/check-without-state.ts";
import type { EventId, RoomId } from "../../../../federation/identifiers/identifier-types.ts";
import type { JsonObject } from "../../../../federation/json/json-value.ts";
import type { EventStore, StoredEvent } from "../../../../federation/ports/event-store.ts";
import type { AppendTransaction, RoomGraph, RowBatch } from "../../rooms/public.ts";
import { createEventStore } from "./graph-stores.ts";
import { placeInChains } from "./place-received.ts";
import { receivedBatch } from "./received-batch.ts";
import type { ReceivingDependencies } from "./receiving-dependencies.ts";
import type { GraphRoom } from "./resolve-placed.ts";
import { columnsOf, verdictOf } from "./store-received.ts";

/** The lane is held for so many at a time: others write in between. */
const chunkSize = 250;

/** What could not be stored of some ancestors, and why. */
export interface StoredOutliers {
	readonly refused: readonly { readonly rule: string; readonly detail: string; readonly isTransient: boolean }[];
	/** Auth events that were neither given nor stored: what cites them was left out. */
	readonly missing: readonly EventId[];
}

/**
 * Stores state events that are known only as ancestors of others: an auth chain, or the state before an event. Each is
 * checked as far as it can be without a state. What is stored already stays as it is; storing goes in chunks, each whole.
 */
export const storeOutliers = async (
	dependencies: ReceivingDependencies,
	{ roomId, pdus }: { readonly roomId: RoomId; readonly pdus: readonly JsonObject[] },
): Promise<StoredOutliers | undefined> => {
	const room = await dependencies.graph.room(roomId);
	if (room === undefined) return undefined;
	const { sound, refused, missing } = await checkAll(dependencies, room, { roomId, pdus });
	for (let at = 0; at < sound.length; at += chunkSize) {
		const chunk = sound.slice(at, at + chunkSize);
		await dependencies.lane.submitAlone((transaction, rows) => storeChunk(transaction, rows, { room, chunk }));
	}
	return { refused, missing };
};

type Sound = StoredEvent & { readonly event: StateEvent };

const checkAll = async (
	{ graph, keys, verifier }: ReceivingDependencies,
	room: GraphRoom,
	given: { readonly roomId: RoomId; readonly pdus: readonly JsonObject[] },
): Promise<StoredOutliers & { readonly sound: readonly Sound[] }> => {
	const parsed = parseAll(given.pdus, room);
	const stored = await graph.find([...parsed.events.keys()]);
	const checked = new Map<EventId, StoredEvent>(stored);
	const refused: StoredOutliers["refused"][number][] = [...parsed.refused];
	const missing = new Set<EventId>();
	const sound: Sound[] = [];
	const ports = { keys, verifier, events: layered(createEventStore(graph), checked) };
	for (const { event, pdu } of oldestFirst(parsed.events)) {
		if (stored.has(event.eventId)) continue;
		const outcome = await checkWithoutState(pdu, { roomId: given.roomId, version: room.version }, ports);
		if (outcome.kind === "dropped") refused.push(outcome);
		else if (outcome.kind === "incomplete") for (const id of outcome.missingAuthEvents) missing.add(id);
		else if (isStateEvent(outcome.event)) {
			const each: Sound = { event: outcome.event, status: outcome.kind };
			checked.set(event.eventId, each);
			sound.push(each);
		}
	}
	return { sound, refused, missing: [...missing] };
};

interface Parsed {
	readonly event: RoomEvent;
	readonly pdu: JsonObject;
}

const parseAll = (
	pdus: readonly JsonObject[],
	{ version }: GraphRoom,
): { readonly events: ReadonlyMap<EventId, Parsed>; readonly refused: StoredOutliers["refused"] } => {
	const events = new Map<EventId, Parsed>();
	const refused: StoredOutliers["refused"][number][] = [];
	for (const pdu of pdus) {
		const parsed = parseEvent(pdu, version);
		if (parsed.kind === "refused") refused.push({ ...parsed, isTransient: false });
		else events.set(parsed.event.eventId, { event: parsed.event, pdu });
	}
	return { events, refused };
};

const layered = (below: EventStore, above: ReadonlyMap<EventId, StoredEvent>): EventStore => ({
	events: async (ids) => {
		const rest = ids.filter((id) => !above.has(id));
		const found = rest.length === 0 ? new Map<EventId, StoredEvent>() : new Map(await below.events(rest));
		for (const id of ids) {
			const event = above.get(id);
			if (event !== undefined) found.set(id, event);
		}
		return found;
	},
});

const storeChunk = async (
	{ graph }: AppendTransaction,
	rows: RowBatch,
	{ room, chunk }: { readonly room: GraphRoom; readonly chunk: readonly Sound[] },
): Promise<void> => {
	const batch = receivedBatch(rows);
	const stored = await graph.find(chunk.map(({ event }) => event.eventId));
	const fresh = chunk.filter(({ event }) => !stored.has(event.eventId));
	const nids = await graph.reserveAsideNids(fresh.length);
	const places = new Map(await placesFor(graph, fresh));
	for (const [at, { event, status }] of fresh.entries()) {
		const nid = nids[at];
		if (nid === undefined) throw new Error("too few numbers were reserved");
		const place = { nid, roomNid: room.nid, position: undefined, stateGroupId: undefined, messageOrdinal: 0 };
		batch.received.asides.push({ ...place, verdict: verdictOf[status], ...columnsOf(event) });
		if (status !== "rejected") placeInChains(batch, { nid, event }, places);
	}
};

const placesFor = (graph: RoomGraph, fresh: readonly Sound[]) =>
	graph.chainPlaces([...new Set(fresh.flatMap(({ event }) => event.authEvents))]);
