import { inGraphOrder } from "../../../../federation/events/in-graph-order.ts";
import { parseEvent } from "../../../../federation/events/parse-event.ts";
import type { RoomEvent } from "../../../../federation/events/room-event.ts";
import { type Asking, askForHistory } from "../../../../federation/handshakes/ask-for-events.ts";
import type { EventId, RoomId, ServerName } from "../../../../federation/identifiers/identifier-types.ts";
import type { RoomVersion } from "../../../../federation/room-versions/room-version.ts";
import type { Receiving } from "../receiving/create-receiving.ts";
import type { Received } from "../receiving/received.ts";
import { bringAuthEvents, bringStateBefore } from "../transactions/bring-state.ts";
import type { GapDependencies } from "../transactions/gap-dependencies.ts";
import type { HistoryEnd, HistoryStore } from "./ports.ts";
import type { SilentServers } from "./silent-servers.ts";

export interface HistoryDependencies extends GapDependencies {
	readonly history: HistoryStore;
	readonly silent: SilentServers;
}

/** What came of asking others for older events. */
export type HistoryBrought =
	/** So many are stored now that were not. */
	| { readonly kind: "brought"; readonly count: number }
	/** Nobody has older ones, or gives them. */
	| { readonly kind: "none" }
	/** Nobody could be asked. */
	| { readonly kind: "unreachable" };

const perCall = 100;
/** An event may name twenty others; more ends than this are not asked for at once. */
const mostEnds = 20;
const mostServers = 3;
/** Places where what comes before is not known either: so many are bridged by the state that the other server tells. */
const mostBridges = 10;
const timeoutMs = 15_000;

/**
 * Asks the servers that are in a room for what was before that which is stored, and stores it at the beginning of the
 * timeline. Source: Matrix v1.19 Server-Server API, "Backfilling and retrieving missing events".
 */
export const bringHistory = async (dependencies: HistoryDependencies, roomId: RoomId): Promise<HistoryBrought> => {
	const room = await dependencies.graph.room(roomId);
	const ends = room === undefined ? [] : await dependencies.history.endsOf(room.nid, mostEnds);
	if (room === undefined || ends.length === 0) return { kind: "none" };
	let hasAnswered = false;
	for (const server of await serversToAsk(dependencies, room.nid, ends)) {
		if (dependencies.silent.isSilent(server)) continue;
		const asking = { peers: dependencies.peers, server, roomId };
		const from = { events: ends.map(({ eventId }) => eventId), limit: perCall, timeoutMs };
		const answer = await askForHistory(asking, from);
		if (answer.kind === "unreachable") {
			dependencies.silent.note(server);
			continue;
		}
		dependencies.silent.forget(server);
		hasAnswered = true;
		if (answer.kind === "refused") continue;
		const events = eventsOf(answer.pdus.slice(0, perCall), { roomId, version: room.version });
		const count = await storeHistory(dependencies, asking, events);
		if (count > 0) return { kind: "brought", count };
	}
	return { kind: hasAnswered ? "none" : "unreachable" };
};

/** Servers that have, or had, what was before; those first that wrote what is stored. */
export const serversToAsk = async (
	{ history, serverName }: Pick<HistoryDependencies, "history" | "serverName">,
	roomNid: number,
	ends: readonly HistoryEnd[],
): Promise<readonly ServerName[]> => {
	const inRoom = await history.serversIn(roomNid, 10);
	const writers = ends.map(({ server }) => server).filter((server) => inRoom.includes(server));
	const servers = new Set([...writers, ...inRoom]);
	servers.delete(serverName);
	return [...servers].slice(0, mostServers);
};

const eventsOf = (
	pdus: readonly Parameters<typeof parseEvent>[0][],
	room: { readonly roomId: RoomId; readonly version: RoomVersion },
): ReadonlyMap<EventId, RoomEvent> => {
	const events = new Map<EventId, RoomEvent>();
	for (const pdu of pdus) {
		const parsed = parseEvent(pdu, room.version);
		if (parsed.kind === "ok" && parsed.event.roomId === room.roomId) events.set(parsed.event.eventId, parsed.event);
	}
	return events;
};

/**
 * Each is judged after those before it, so the oldest comes first; but each has its place before all that was stored
 * until now, so the places are handed out from the other end.
 */
const storeHistory = async (
	dependencies: HistoryDependencies,
	asking: Asking,
	events: ReadonlyMap<EventId, RoomEvent>,
): Promise<number> => {
	const { graph } = dependencies;
	const stored = await graph.find([...events.keys()]);
	const missing = inGraphOrder(events).filter(({ eventId }) => stored.get(eventId)?.position === undefined);
	const places = await graph.reserveAsideNids(missing.length);
	let bridges = 0;
	let count = 0;
	for (const [at, event] of missing.entries()) {
		const place = places[missing.length - 1 - at];
		if (place === undefined) throw new Error("too few numbers were reserved");
		const input = { roomId: event.roomId, pdu: event.json, isHistory: true, historyPosition: place };
		let received: Received = await dependencies.receiving.receive(input);
		if (received.kind === "incomplete" && bridges < mostBridges) {
			bridges += 1;
			received = await bridge(dependencies, asking, { event, input, lacking: received });
		}
		if (received.kind === "stored") count += 1;
	}
	return count;
};

const bridge = async (
	dependencies: HistoryDependencies,
	asking: Asking,
	place: {
		readonly event: RoomEvent;
		readonly input: Parameters<Receiving["receive"]>[0];
		readonly lacking: Extract<Received, { kind: "incomplete" }>;
	},
): Promise<Received> => {
	const { event, input, lacking } = place;
	const { receiving } = dependencies;
	const { eventId } = event;
	let received: Received = lacking;
	if (lacking.missingAuthEvents.length > 0) {
		await bringAuthEvents(dependencies, asking, { eventId, missing: lacking.missingAuthEvents });
		received = await receiving.receive(input);
	}
	if (received.kind !== "incomplete" || received.missingPrevEvents.length === 0) return received;
	const stateBefore = await bringStateBefore(dependencies, asking, { eventId });
	return "kind" in stateBefore ? received : receiving.receive({ ...input, stateBefore });
};
