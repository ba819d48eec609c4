import type { RoomId, UserId } from "../../../../federation/identifiers/identifier-types.ts";
import { AppError } from "../../../shared/app-error.ts";
import { roomPermissions } from "../room-permissions.ts";
import type { InviteLinksEnvironment } from "./invite-links-environment.ts";
import type { StoredInviteLink } from "./ports.ts";

export interface ListedInviteLink extends StoredInviteLink {
	/** False while its maker may not invite: then the link lets nobody in. */
	readonly isWorking: boolean;
	/** Whether the reader may take it back: the own ones, and with the right to remove people all of them. */
	readonly canRevoke: boolean;
}

/** The links of a room, for whoever may invite there. Throws `forbidden`, `not-found`. */
export const listInviteLinks = async (
	{ directory, store, clock }: InviteLinksEnvironment,
	userId: UserId,
	roomId: RoomId,
): Promise<readonly ListedInviteLink[]> => {
	const links = await store.list(roomId, clock.now());
	const snapshot = await directory.snapshot(roomId, [userId, ...new Set(links.map((link) => link.creatorId))]);
	if (snapshot?.state.get("m.room.member", userId)?.content["membership"] !== "join") throw new AppError("not-found");
	const { state, version } = snapshot;
	const own = roomPermissions(state, userId, version);
	if (!own.invite) throw new AppError("forbidden");
	return links.map((link) => ({
		...link,
		isWorking: roomPermissions(state, link.creatorId, version).invite,
		canRevoke: link.creatorId === userId || own.kick,
	}));
};
