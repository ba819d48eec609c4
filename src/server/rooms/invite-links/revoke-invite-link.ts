import type { RoomId, UserId } from "../../../../federation/identifiers/identifier-types.ts";
import { AppError } from "../../../shared/app-error.ts";
import type { InviteLinksEnvironment } from "./invite-links-environment.ts";
import { rightsOf } from "./room-rights.ts";

export interface RevokeInviteLinkInput {
	readonly userId: UserId;
	readonly roomId: RoomId;
	readonly linkId: string;
}

/** Takes a link back; one that is gone already is success. Throws `forbidden` for another's without the right to remove people. */
export const revokeInviteLink = async (
	{ directory, store, clock }: InviteLinksEnvironment,
	{ userId, roomId, linkId }: RevokeInviteLinkInput,
): Promise<void> => {
	const rights = await rightsOf(directory, userId, roomId);
	const link = (await store.list(roomId, clock.now())).find(({ id }) => id === linkId);
	if (link === undefined) return;
	if (link.creatorId !== userId && !rights.kick) throw new AppError("forbidden");
	await store.remove(linkId);
};
