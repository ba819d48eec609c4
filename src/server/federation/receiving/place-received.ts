import type { RoomEvent, StateEvent } from "../../../../federation/events/room-event.ts";
import { type StateMapKey, stateMapKey } from "../../../../federation/events/state-key.ts";
import type { EventId } from "../../../../federation/identifiers/identifier-types.ts";
import type { PlacedInChain, RoomGraph, RowBatch } from "../../rooms/public.ts";
import type { ReceivedBatch } from "./received-batch.ts";

/**
 * Gives a received state event its place in the chain cover of the auth graph: it continues the chain of an auth event
 * that set the same piece of state, where nothing continued that yet, else it begins one. `places` holds those of its
 * auth events, and gets its own.
 */
export const placeInChains = (
	rows: RowBatch,
	{ nid, event }: { readonly nid: number; readonly event: StateEvent },
	places: Map<EventId, PlacedInChain>,
): void => {
	const key = stateMapKey(event.type, event.stateKey);
	const cited = [...new Set(event.authEvents)].flatMap((eventId) => places.get(eventId) ?? []);
	const parent = cited.find((place) => place.key === key && place.isTail);
	const own = { chainId: parent?.chainId ?? nid, sequence: (parent?.sequence ?? 0) + 1 };
	rows.chainEntries.push({ eventNid: nid, ...own });
	for (const to of cited) {
		if (to.chainId === own.chainId) continue;
		const from = { fromChain: own.chainId, fromSequence: own.sequence };
		rows.chainLinks.push({ ...from, toChain: to.chainId, toSequence: to.sequence });
	}
	for (const [eventId, place] of places) if (place === parent) places.set(eventId, { ...place, isTail: false });
	places.set(event.eventId, { ...own, isTail: true, key: key as StateMapKey });
};

/**
 * Ties an event to its previous ones: an edge to each that is stored, a backward extremity for each that is not. What had
 * waited for the event itself gets its edge. What is not accepted is no end of the graph and is looked through: the event
 * covers what such ones name, and is followed by what comes after them.
 */
export const placeInGraph = async (
	graph: RoomGraph,
	rows: ReceivedBatch,
	placed: { readonly nid: number; readonly roomNid: number; readonly event: RoomEvent },
): Promise<{ readonly coveredNids: readonly number[]; readonly isFollowed: boolean }> => {
	const { nid, roomNid, event } = placed;
	const stored = await graph.find(event.prevEvents);
	const [previousNids, unacceptedNids]: [number[], number[]] = [[], []];
	for (const prevEventId of new Set(event.prevEvents)) {
		const previous = stored.get(prevEventId);
		// An outlier is stored, but where history ends is still before it.
		if (previous?.roomNid === roomNid && previous.position !== undefined) {
			previousNids.push(previous.nid);
			if (previous.status !== "accepted") unacceptedNids.push(previous.nid);
		} else rows.received.awaited.push({ roomNid, prevEventId, eventNid: nid });
	}
	const waiting = await graph.waitingFor(roomNid, event.eventId);
	if (waiting.length > 0) rows.received.arrived.push({ roomNid, prevEventId: event.eventId });
	rows.edges.push(...previousNids.map((prevEventNid) => ({ eventNid: nid, prevEventNid })));
	rows.edges.push(...waiting.map((later) => ({ eventNid: later.nid, prevEventNid: nid })));
	const before = unacceptedNids.length === 0 ? [] : await graph.beforeUnaccepted(unacceptedNids);
	const laterNids = waiting.map((later) => later.nid);
	const isFollowed =
		waiting.some(({ isAccepted }) => isAccepted) ||
		(laterNids.length > 0 && (await graph.isUnacceptedFollowed(laterNids)));
	return { coveredNids: [...previousNids, ...before], isFollowed };
};
