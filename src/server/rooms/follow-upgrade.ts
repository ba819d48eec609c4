import type { RoomId, UserId } from "../../../federation/identifiers/identifier-types.ts";
import { userIdServer } from "../../../federation/identifiers/user-id.ts";
import { AppError } from "../../shared/app-error.ts";
import { replacementIn } from "./append/project-event.ts";
import { joinRoom } from "./change-membership.ts";
import { knockRoom } from "./knock-room.ts";
import type { RoomsDependencies } from "./rooms-dependencies.ts";

/** So many servers are named as ways into the new room. */
const mostVia = 10;

export interface FollowUpgradeInput {
	readonly userId: UserId;
	/** The room that was replaced. */
	readonly roomId: RoomId;
	/** Asks to be let in instead of joining: for a room that lets nobody in who did not. */
	readonly asks: boolean;
}

/**
 * Joins, or asks to be let into, the room that replaced one which the person is in, here or elsewhere: through the server of whoever replaced it,
 * which has the new room for certain, and the others in the old one. Being in it already is success. Throws
 * `not-a-member`, `not-found` for a room that was not replaced, and what `joinRoom` and `knockRoom` say.
 * Matrix v1.19 Client-Server API, "Room Upgrades".
 */
export const followUpgrade = async (
	dependencies: RoomsDependencies,
	{ userId, roomId, asks }: FollowUpgradeInput,
): Promise<RoomId> => {
	const { directory, remote, serverName } = dependencies;
	const snapshot = await directory.snapshot(roomId, [userId]);
	if (snapshot === undefined) throw new AppError("not-found");
	if (snapshot.state.get("m.room.member", userId)?.content["membership"] !== "join") throw new AppError("not-a-member");
	const tombstone = snapshot.state.get("m.room.tombstone", "");
	const room = tombstone && replacementIn(tombstone.content);
	if (tombstone === undefined || room === undefined) throw new AppError("not-found");
	const servers = new Set([userIdServer(tombstone.sender), ...(await remote.serversIn(roomId))]);
	servers.delete(serverName);
	const enter = asks ? knockRoom : joinRoom;
	return enter(dependencies, { userId, room, via: [...servers].slice(0, mostVia) });
};
