import type { RoomAlias, RoomId, UserId } from "../../../federation/identifiers/identifier-types.ts";
import { AppError } from "../../shared/app-error.ts";
import type { RoomDraft } from "./append/room-draft.ts";
import { localProfiles, type RoomsDependencies } from "./rooms-dependencies.ts";
import { type ShownProfile, shownProfile } from "./shown-profile.ts";

/** Somebody changes their own membership. */
export interface OwnMembershipInput {
	readonly userId: UserId;
	readonly roomId: RoomId;
	readonly reason?: string | undefined;
}

/** Somebody changes another's membership. */
export interface OtherMembershipInput extends OwnMembershipInput {
	readonly targetId: UserId;
}

/** Invites a person of this server. Throws `already-member`, `user-unknown`, `forbidden`. */
export const invitePerson = async (dependencies: RoomsDependencies, input: OtherMembershipInput): Promise<void> => {
	const profiles = await localProfiles(dependencies, [input.targetId]);
	await change(dependencies, input, (draft) => {
		const now = membershipOf(draft, input.targetId);
		if (now === "join") throw new AppError("already-member");
		if (now === "invite") return;
		const isDirect = draft.row.kind === "direct" ? { is_direct: true } : {};
		addMember(draft, input, { membership: "invite", ...shownProfile(profiles, input.targetId), ...isDirect });
	});
};

/** Joins a public room or follows an invitation; being in the room already is success. Throws `forbidden`, `not-found`. */
export const joinRoom = async (
	dependencies: RoomsDependencies,
	input: { readonly userId: UserId; readonly room: RoomId | RoomAlias },
): Promise<RoomId> => {
	const roomId = input.room.startsWith("#")
		? await dependencies.directory.roomIdOfAlias(input.room)
		: (input.room as RoomId);
	if (roomId === undefined) throw new AppError("not-found");
	const profiles = await localProfiles(dependencies, [input.userId]);
	const own = { ...input, roomId, targetId: input.userId };
	await change(dependencies, own, (draft) => {
		if (membershipOf(draft, input.userId) === "join") return;
		addMember(draft, own, { membership: "join", ...shownProfile(profiles, input.userId) });
	});
	return roomId;
};

/** Leaves, or turns an invitation down; not being in the room is success. */
export const leaveRoom = (dependencies: RoomsDependencies, input: OwnMembershipInput): Promise<void> =>
	change(dependencies, { ...input, targetId: input.userId }, (draft) => {
		const now = membershipOf(draft, input.userId);
		if (now === undefined || now === "leave") return;
		addMember(draft, { ...input, targetId: input.userId }, { membership: "leave" });
	});

/** Removes somebody, or takes their invitation back. Throws `not-a-member`, `forbidden`. */
export const kickPerson = (dependencies: RoomsDependencies, input: OtherMembershipInput): Promise<void> =>
	change(dependencies, input, (draft) => {
		const now = membershipOf(draft, input.targetId);
		if (now === "ban" || now === undefined || now === "leave") throw new AppError("not-a-member");
		addMember(draft, input, { membership: "leave" });
	});

/** Removes somebody for good; banning the banned is success. Throws `forbidden`. */
export const banPerson = (dependencies: RoomsDependencies, input: OtherMembershipInput): Promise<void> =>
	change(dependencies, input, (draft) => {
		if (membershipOf(draft, input.targetId) === "ban") return;
		addMember(draft, input, { membership: "ban" });
	});

/** Lifts a ban; the person still has to be invited again. Throws `forbidden`. */
export const unbanPerson = (dependencies: RoomsDependencies, input: OtherMembershipInput): Promise<void> =>
	change(dependencies, input, (draft) => {
		if (membershipOf(draft, input.targetId) !== "ban") return;
		addMember(draft, input, { membership: "leave" });
	});

/** Takes a room that was left off the person's list, with its history. Throws `already-member` while in it. */
export const forgetRoom = (dependencies: RoomsDependencies, input: OwnMembershipInput): Promise<void> =>
	change(dependencies, { ...input, targetId: input.userId }, (draft) => {
		const now = membershipOf(draft, input.userId);
		if (now === "join" || now === "invite") throw new AppError("already-member");
		if (now !== undefined) draft.rows.forgotten.push({ roomNid: draft.row.nid, userId: input.userId });
	});

const change = async (
	dependencies: RoomsDependencies,
	input: OtherMembershipInput,
	plan: (draft: RoomDraft) => void,
): Promise<void> => {
	await dependencies.lane.submit({
		rooms: [input.roomId],
		users: [input.userId, input.targetId],
		plan: (context) => plan(context.room(input.roomId)),
	});
};

const membershipOf = (draft: RoomDraft, userId: UserId): unknown =>
	draft.state("m.room.member", userId)?.content["membership"];

const addMember = (
	draft: RoomDraft,
	input: OtherMembershipInput,
	content: { readonly membership: string; readonly is_direct?: boolean } & Partial<ShownProfile>,
): void => {
	const reason = input.reason === undefined || input.reason === "" ? {} : { reason: input.reason };
	draft.add({
		type: "m.room.member",
		stateKey: input.targetId,
		sender: input.userId,
		content: { ...content, ...reason },
	});
};
