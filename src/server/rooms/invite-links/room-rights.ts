import type { RoomId, UserId } from "../../../../federation/identifiers/identifier-types.ts";
import { AppError } from "../../../shared/app-error.ts";
import type { WireRoomDetails } from "../../../shared/wire/room.ts";
import type { RoomDirectory } from "../ports.ts";
import { roomPermissions } from "../room-permissions.ts";

/** What a member may do in a room. Throws `not-found` for whoever is not in it. */
export const rightsOf = async (
	directory: RoomDirectory,
	userId: UserId,
	roomId: RoomId,
): Promise<WireRoomDetails["permissions"]> => {
	const snapshot = await directory.snapshot(roomId, [userId]);
	if (snapshot?.state.get("m.room.member", userId)?.content["membership"] !== "join") throw new AppError("not-found");
	return roomPermissions(snapshot.state, userId, snapshot.version);
};

/** True while a person may invite into a room. */
export const mayInvite = async (directory: RoomDirectory, userId: UserId, roomId: RoomId): Promise<boolean> => {
	const snapshot = await directory.snapshot(roomId, [userId]);
	return snapshot !== undefined && roomPermissions(snapshot.state, userId, snapshot.version).invite;
};
