import type { EventId, RoomId, UserId } from "../../../federation/identifiers/identifier-types.ts";
import { AppError } from "../../shared/app-error.ts";
import type { WireReader, WireWaitedServer } from "../../shared/wire/message-calls.ts";
import { openRoom } from "./open-room.ts";
import type { EventReader, TimelineOptions } from "./ports.ts";
import { isWithin } from "./visible-ranges.ts";

export interface ReadersQuery {
	readonly roomId: RoomId;
	readonly eventId: EventId;
}

/** So many people are named, those who have read it first. */
const mostReaders = 200;
const mostServers = 100;

/**
 * Who of the others has a message, which of the other servers do not, and who has read it as far as they show that. Throws `not-a-member` for somebody who
 * is not in the room, `not-found` for an event that they may not see.
 */
export const readReaders = async (
	{ store, privacyOf }: Pick<TimelineOptions, "store" | "privacyOf">,
	viewerId: UserId,
	{ roomId, eventId }: ReadersQuery,
): Promise<{ readonly items: WireReader[]; readonly servers: WireWaitedServer[] }> => {
	const { roomNid, access, sight } = await openRoom(store, viewerId, roomId);
	if (access.membership !== "join") throw new AppError("not-a-member");
	const event = await store.findEvent(roomNid, eventId);
	if (event === undefined || !isWithin(sight.ranges, event.position)) throw new AppError("not-found");
	const { position, sender } = event;
	const [readers, servers, privacy] = await Promise.all([
		store.readReaders(roomNid, { without: [viewerId, sender], position, limit: mostReaders }),
		store.serversWithout(roomNid, { position, limit: mostServers }),
		privacyOf(viewerId),
	]);
	// Who does not tell how far they have read is not told it of others.
	const isTold = ({ read }: EventReader): boolean => read !== undefined && privacy.readReceipts;
	return {
		servers: servers.map(({ serverName, failingSince }) => ({
			serverName,
			...(failingSince !== undefined && { failingSince }),
		})),
		items: readers.map((reader) => ({
			userId: reader.userId,
			displayName: reader.displayName ?? reader.userId,
			state: isTold(reader) ? "read" : reader.isDelivered ? "delivered" : "sent",
			...(isTold(reader) && { readTs: reader.read?.ts, isExact: reader.read?.position === position }),
		})),
	};
};
