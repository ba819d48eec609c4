import type { StateEvent } from "../../../../federation/events/room-event.ts";
import { type StateMapKey, stateMapKey } from "../../../../federation/events/state-key.ts";
import type { ServerName, UserId } from "../../../../federation/identifiers/identifier-types.ts";
import { userIdServer } from "../../../../federation/identifiers/user-id.ts";
import { getString } from "../../../../federation/json/json-object.ts";
import type { PlacedState, RoomGraph } from "../../rooms/public.ts";
import type { ReceivedBatch } from "./received-batch.ts";

/** A room that this server has just come into. */
export interface EnteredRoom {
	readonly roomNid: number;
	/** Its state now: at least what is set of these keys. */
	stateOf(keys: readonly StateMapKey[]): Promise<PlacedState>;
	readonly serverName: ServerName;
}

/**
 * Invitations say of a room that is not here who is in it. Now that it is here its state decides: whoever was invited
 * without the room's knowing is not, and whoever invited and has left is gone. Members that the batch sets are left alone.
 */
export const endRumours = async (
	graph: RoomGraph,
	rows: ReceivedBatch,
	{ roomNid, stateOf, serverName }: EnteredRoom,
): Promise<void> => {
	const rumoured = await graph.rumouredMembers(roomNid);
	const untold = rumoured.filter((userId) => !rows.memberships.has(`${roomNid}\n${userId}`));
	if (untold.length === 0) return;
	const state = await stateOf(untold.map((userId) => stateMapKey("m.room.member", userId)));
	const places = untold.map((userId) => [userId, state.get(stateMapKey("m.room.member", userId))] as const);
	const found = await graph.find(places.flatMap(([, place]) => place?.eventId ?? []));
	for (const [userId, place] of places) {
		const event = place === undefined ? undefined : (found.get(place.eventId)?.event as StateEvent | undefined);
		setMember(rows, { roomNid, userId, event, nid: place?.nid ?? rows.position, serverName });
	}
};

const setMember = (
	rows: ReceivedBatch,
	set: {
		readonly roomNid: number;
		readonly userId: UserId;
		readonly event: StateEvent | undefined;
		readonly nid: number;
		readonly serverName: ServerName;
	},
): void => {
	const { roomNid, userId, event, nid, serverName } = set;
	const membership = (event && getString(event.content, "membership")) ?? "leave";
	const isLocal = userIdServer(userId) === serverName;
	rows.memberships.set(`${roomNid}\n${userId}`, {
		...{ roomNid, userId, membership, sender: event?.sender ?? userId, eventNid: nid, isLocal },
		...{ displayName: undefined, avatarUrl: undefined, joinedOrdinal: undefined },
	});
	if (!isLocal) return;
	rows.position += 1;
	rows.received.marks.push({ roomNid, stateKey: userId, position: rows.position, value: membership });
};
