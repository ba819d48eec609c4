import { isStateEvent } from "../../../../federation/authorization/auth-state.ts";
import type { StateEvent } from "../../../../federation/events/room-event.ts";
import type { ArrivedEvents } from "../../../../federation/handshakes/arrived-events.ts";
import {
	type BetweenChecks,
	type JudgedEvents,
	judgeArrived,
} from "../../../../federation/handshakes/judge-arrived.ts";
import type { RoomId } from "../../../../federation/identifiers/identifier-types.ts";
import type { StoredEvent } from "../../../../federation/ports/event-store.ts";
import type { AppendTransaction, RoomGraph, RowBatch } from "../../rooms/public.ts";
import { createEventStore } from "./graph-stores.ts";
import { placeInChains } from "./place-received.ts";
import { receivedBatch } from "./received-batch.ts";
import type { ReceivingDependencies } from "./receiving-dependencies.ts";
import type { GraphRoom } from "./resolve-placed.ts";
import { columnsOf, verdictOf } from "./store-received.ts";

/** The lane is held for so many at a time: others write in between. */
const chunkSize = 250;

/**
 * Stores state events that are known only as ancestors of others: an auth chain, or the state before an event. Each is
 * checked as far as it can be without a state. What is stored already stays as it is; storing goes in chunks, each whole.
 * Undefined: the room is not here.
 */
export const storeArrived = async (
	dependencies: ReceivingDependencies,
	{
		roomId,
		arrived,
		between = turnAround,
	}: { readonly roomId: RoomId; readonly arrived: ArrivedEvents; readonly between?: BetweenChecks },
): Promise<JudgedEvents | undefined> => {
	const { graph, keys, verifier } = dependencies;
	const room = await graph.room(roomId);
	if (room === undefined) return undefined;
	const ports = { keys, verifier, events: createEventStore(graph), between };
	const judged = await judgeArrived(arrived, { roomId, version: room.version }, ports);
	await storeJudged(dependencies, room, judged.oldestFirst());
	return judged;
};

/** Lets the process do other work. */
export const turnAround = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Stores outliers that were judged, each after those that it stands on; while some are written the next ones are read. */
export const storeJudged = async (
	{ lane }: Pick<ReceivingDependencies, "lane">,
	room: GraphRoom,
	events: AsyncIterable<StoredEvent>,
): Promise<void> => {
	let chunk: Sound[] = [];
	let storing: Promise<void> = Promise.resolve();
	const store = async (): Promise<void> => {
		const full = chunk;
		chunk = [];
		await storing;
		storing = lane.submitAlone((transaction, rows) => storeChunk(transaction, rows, { room, chunk: full }));
		// Whoever waits for it hears of a failure, however much later.
		storing.catch(() => undefined);
	};
	for await (const { event, status } of events) {
		if (!isStateEvent(event)) continue;
		chunk.push({ event, status });
		if (chunk.length === chunkSize) await store();
	}
	if (chunk.length > 0) await store();
	await storing;
};

type Sound = StoredEvent & { readonly event: StateEvent };

const storeChunk = async (
	{ graph }: AppendTransaction,
	rows: RowBatch,
	{ room, chunk }: { readonly room: GraphRoom; readonly chunk: readonly Sound[] },
): Promise<void> => {
	const batch = receivedBatch(rows);
	const stored = await graph.find(chunk.map(({ event }) => event.eventId));
	const fresh = chunk.filter(({ event }) => !stored.has(event.eventId));
	if (fresh.length === 0) return;
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
