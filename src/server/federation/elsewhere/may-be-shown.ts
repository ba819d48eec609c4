import type { ToldRoom } from "../../../../federation/handshakes/told-room.ts";
import type { RoomId, UserId } from "../../../../federation/identifiers/identifier-types.ts";
import type { BriefStanding, MembershipStore } from "../membership/ports.ts";

/** How one person stands to rooms. */
export type Standings = ReadonlyMap<RoomId, BriefStanding>;

/** How the person stands to the rooms, and to those whose members may come into them. */
export const standingsFor = (
	memberships: Pick<MembershipStore, "standings">,
	userId: UserId,
	rooms: readonly Pick<ToldRoom, "roomId" | "allowedRoomIds">[],
): Promise<Standings> =>
	memberships.standings(
		rooms.flatMap(({ roomId, allowedRoomIds }) => [roomId, ...allowedRoomIds]),
		userId,
	);

/**
 * Whether a room is the person's to know of: they are in it or invited, could join it, ask to, or read it. Another server
 * tells what anybody of this one might know. Matrix v1.19 Server-Server API, "GET /hierarchy".
 */
export const mayBeShown = (room: ToldRoom, standings: Standings): boolean => {
	const membership = standings.get(room.roomId)?.membership;
	if (membership === "ban") return false;
	if (membership === "join" || membership === "invite" || membership === "knock") return true;
	if (room.isWorldReadable) return true;
	switch (room.joinRule) {
		case "public":
		case "knock":
		case "knock_restricted":
			return true;
		case "restricted":
			return room.allowedRoomIds.some((roomId) => standings.get(roomId)?.membership === "join");
		default:
			return false;
	}
};
