import type { UserId } from "../../../../federation/identifiers/identifier-types.ts";
import { invitePictureBytes, type WireInvitePreview } from "../../../shared/wire/invite-calls.ts";
import { findWorkingLink } from "./find-working-link.ts";
import type { InviteLinksEnvironment } from "./invite-links-environment.ts";

export interface PreviewInviteLinkInput {
	readonly token: string;
	readonly address: string;
	/** Absent: somebody who is not signed in. */
	readonly userId: UserId | undefined;
}

/** What the page behind a link shows before anybody joins. Throws `invite-link-invalid`, `too-many-requests`. */
export const previewInviteLink = async (
	environment: InviteLinksEnvironment,
	{ token, address, userId }: PreviewInviteLinkInput,
): Promise<WireInvitePreview> => {
	const link = await findWorkingLink(environment, token, address);
	const { roomId, name, topic, avatarUrl, joinedCount, kind } = link.room;
	const snapshot = userId && (await environment.directory.snapshot(roomId, [userId]));
	const membership = snapshot ? snapshot.state.get("m.room.member", userId)?.content["membership"] : undefined;
	const picture =
		userId === undefined && avatarUrl !== undefined
			? await environment.readPicture(avatarUrl, invitePictureBytes)
			: undefined;
	return {
		kind,
		...(name === undefined ? {} : { name }),
		...(topic === undefined ? {} : { topic }),
		...(avatarUrl === undefined ? {} : { avatarUrl }),
		...(picture === undefined ? {} : { picture }),
		joinedCount,
		inviter: { userId: link.creatorId, displayName: link.creatorName },
		bringsNewPeople: link.bringsNewPeople,
		standing: userId === undefined ? "stranger" : membership === "join" || membership === "ban" ? membership : "none",
	};
};
