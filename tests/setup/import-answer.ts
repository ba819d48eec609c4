import { ArrivedEvents } from "../../federation/handshakes/arrived-events.ts";
import { judgeArrived } from "../../federation/handshakes/judge-arrived.ts";
import type { EventId, RoomId, ServerName, UserId } from "../../federation/identifiers/identifier-types.ts";
import type { JsonObject } from "../../federation/json/json-value.ts";
import type { ServerKeys } from "../../federation/ports/server-keys.ts";
import type { RoomVersion } from "../../federation/room-versions/room-version.ts";
import { createMemoryShelf } from "../../federation/testing/memory-shelf.ts";
import { nodeVerifier } from "../../src/server/adapters/crypto-node/node-verifier.ts";
import type { Received, Receiving } from "../../src/server/federation/public.ts";

/** What another server answers to a join. */
export interface JoinAnswer {
	readonly roomId: RoomId;
	readonly version: RoomVersion;
	readonly event: JsonObject;
	readonly state: readonly JsonObject[];
	readonly authChain: readonly JsonObject[];
	readonly arriving?: readonly ServerName[];
}

/** Judges the answer and takes the room in. */
export const importAnswer = async (
	{ receiving, keys }: { readonly receiving: Receiving; readonly keys: ServerKeys },
	{ roomId, version, event, state, authChain, arriving }: JoinAnswer,
	verifier = nodeVerifier,
): Promise<Received> => {
	const arrived = new ArrivedEvents(version, createMemoryShelf());
	for (const pdu of authChain) await arrived.take(pdu);
	const stateIds: EventId[] = [];
	for (const pdu of state) {
		const taken = await arrived.take(pdu);
		if (taken !== undefined) stateIds.push(taken.eventId);
	}
	const events = { events: async () => new Map() };
	const judged = await judgeArrived(arrived, { roomId, version }, { keys, verifier, events });
	const create = [event, ...state, ...authChain].find(({ type }) => type === "m.room.create");
	return receiving.importRoom({
		...{ roomId, version, event, stateIds, arriving },
		kind: "group",
		creatorId: create?.["sender"] as UserId,
		events: judged.oldestFirst(),
	});
};
