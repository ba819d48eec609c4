import type { RoomId, UserId } from "../../../../federation/identifiers/identifier-types.ts";
import { AppError, isAppError } from "../../../shared/app-error.ts";
import type { RoomDraft } from "../append/room-draft.ts";
import { type ShownProfile, shownProfile } from "../shown-profile.ts";
import { findWorkingLink } from "./find-working-link.ts";
import type { InviteLinksEnvironment } from "./invite-links-environment.ts";
import type { LiveInviteLink } from "./ports.ts";

export interface JoinByInviteLinkInput {
	readonly userId: UserId;
	readonly token: string;
}

/**
 * Joins by a link: its maker invites the person at this moment, by the power the maker has now, and the person joins, both
 * in one transaction. Being in the room already is success and uses nothing up.
 * Throws `invite-link-invalid`, `forbidden` for the banned, `too-many-requests`.
 */
export const joinByInviteLink = async (
	environment: InviteLinksEnvironment,
	{ userId, token }: JoinByInviteLinkInput,
): Promise<RoomId> => {
	const { store, directory, clock, limiter } = environment;
	limiter.begin(userId);
	const link = await findWorkingLink(environment, token, userId);
	const { roomId } = link.room;
	const snapshot = await directory.snapshot(roomId, [userId]);
	const membership = snapshot?.state.get("m.room.member", userId)?.content["membership"];
	if (membership === "join") return roomId;
	if (membership === "ban") throw new AppError("forbidden");
	if (!(await store.use(link.id, clock.now()))) throw new AppError("invite-link-invalid");
	try {
		if (!(await inviteAndJoin(environment, link, userId))) await store.giveBack(link.id);
	} catch (error) {
		await store.giveBack(link.id);
		throw error;
	}
	return roomId;
};

/** False when the person had come in meanwhile. */
const inviteAndJoin = async (
	{ lane, directory }: InviteLinksEnvironment,
	{ room: { roomId }, creatorId }: LiveInviteLink,
	userId: UserId,
): Promise<boolean> => {
	const shown = shownProfile(await directory.profilesOf([userId]), userId);
	return lane.submit({
		rooms: [roomId],
		users: [userId, creatorId],
		plan: (context) => {
			const draft = context.room(roomId);
			const now = draft.state("m.room.member", userId)?.content["membership"];
			if (now === "join") return false;
			if (now === "ban") throw new AppError("forbidden");
			if (draft.row.replacementRoomId !== undefined) throw new AppError("invite-link-invalid");
			if (now !== "invite") addInvitation(draft, { creatorId, userId, shown });
			draft.add({
				type: "m.room.member",
				stateKey: userId,
				sender: userId,
				content: { membership: "join", ...shown },
			});
			return true;
		},
	});
};

/** The rules of the room decide with the maker's power at this moment: whoever lost it has a dead link. */
const addInvitation = (
	draft: RoomDraft,
	{ creatorId, userId, shown }: { creatorId: UserId; userId: UserId; shown: ShownProfile },
): void => {
	try {
		draft.add({
			type: "m.room.member",
			stateKey: userId,
			sender: creatorId,
			content: { membership: "invite", ...shown },
		});
	} catch (error) {
		if (isAppError(error) && error.code === "forbidden") throw new AppError("invite-link-invalid", { cause: error });
		throw error;
	}
};
