import type { EventId, RoomId, UserId } from "../../../federation/identifiers/identifier-types.ts";
import { openRoom } from "./open-room.ts";
import type { TimelineStore } from "./ports.ts";
import { isWithin } from "./visible-ranges.ts";

export interface ClosestQuery {
	readonly roomId: RoomId;
	/** Milliseconds since the Unix epoch, as senders claim it. */
	readonly ts: number;
}

export interface ClosestMessage {
	/** The first message from that time on, else the last one before it; undefined: the reader sees none at all. */
	readonly eventId: EventId | undefined;
	/** Something is stored from before that time. */
	readonly hasEarlier: boolean;
}

/** What a reader may not see lies among it: so many are looked at on either side. */
const looked = 200;

/** The message at a time, as far as this server has the room. Throws `not-found` for a room that the reader sees nothing of. */
export const readClosestMessage = async (
	store: TimelineStore,
	viewerId: UserId,
	{ roomId, ts }: ClosestQuery,
): Promise<ClosestMessage> => {
	const { roomNid, sight } = await openRoom(store, viewerId, roomId);
	const { after, before } = await store.messagesAround(roomNid, { ts, limit: looked });
	const isShown = ({ position }: { readonly position: number }): boolean => isWithin(sight.ranges, position);
	const found = after.find(isShown) ?? before.find(isShown);
	return { eventId: found?.eventId, hasEarlier: before.length > 0 };
};
