import { ArrivedEvents } from "../../federation/handshakes/arrived-events.ts";
import type { RoomId } from "../../federation/identifiers/identifier-types.ts";
import type { JsonObject } from "../../federation/json/json-value.ts";
import { createMemoryShelf } from "../../federation/testing/memory-shelf.ts";
import type { Receiving } from "../../src/server/federation/public.ts";
import type { RoomGraph } from "../../src/server/rooms/public.ts";

/** Stores ancestors of events, as another server gave them. */
export const storeOutliers = async (
	{ receiving, graph }: { readonly receiving: Receiving; readonly graph: RoomGraph },
	roomId: RoomId,
	pdus: readonly JsonObject[],
): Promise<void> => {
	const room = await graph.room(roomId);
	if (room === undefined) throw new Error(`${roomId} is not here`);
	const arrived = new ArrivedEvents(room.version, createMemoryShelf());
	for (const pdu of pdus) await arrived.take(pdu);
	await receiving.storeArrived({ roomId, arrived });
};
