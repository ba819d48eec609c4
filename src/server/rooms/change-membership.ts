import type { RoomAlias, RoomId, ServerName, UserId } from "../../../federation/identifiers/identifier-types.ts";
import { roomAliasServer } from "../../../federation/identifiers/room-alias.ts";
import { AppError, isAppError } from "../../shared/app-error.ts";
import type { RoomDraft } from "./append/room-draft.ts";
import { isRemote, profilesOf, type RoomsDependencies, refuseBlocked } from "./rooms-dependencies.ts";
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

/** Invites a person, of another server with that server's consent. Throws `already-member`, `user-unknown`, `invite-blocked`, `forbidden`. */
export const invitePerson = async (dependencies: RoomsDependencies, input: OtherMembershipInput): Promise<void> => {
	const profiles = await profilesOf(dependencies, [input.targetId]);
	if (isRemote(dependencies, input.targetId)) {
		const content = { ...shownProfile(profiles, input.targetId), ...reasonOf(input) };
		await dependencies.remote.invite({ ...input, content });
		return;
	}
	await refuseBlocked(dependencies, input.userId, [input.targetId]);
	await change(dependencies, input, (draft) => {
		const now = membershipOf(draft, input.targetId);
		if (now === "join") throw new AppError("already-member");
		if (now === "invite") return;
		if (now === "knock") return letIn(draft, input, shownProfile(profiles, input.targetId));
		const isDirect = draft.row.kind === "direct" ? { is_direct: true } : {};
		addMember(draft, input, { membership: "invite", ...shownProfile(profiles, input.targetId), ...isDirect });
	});
};

/** Who asked to join is in with the invitation that answers them. */
const letIn = (draft: RoomDraft, input: OtherMembershipInput, shown: Partial<ShownProfile>): void => {
	addMember(draft, input, { membership: "invite", ...shown });
	addMember(draft, { ...input, userId: input.targetId, reason: undefined }, { membership: "join", ...shown });
};

export interface JoinInput {
	readonly userId: UserId;
	readonly room: RoomId | RoomAlias;
	/** Servers to ask, where the room is elsewhere. */
	readonly via?: readonly ServerName[];
}

/**
 * Joins a public room or follows an invitation, here or through another server; being in the room already is success.
 * Throws `forbidden`, `not-found`.
 */
export const joinRoom = async (dependencies: RoomsDependencies, input: JoinInput): Promise<RoomId> => {
	const { userId, room, via = [] } = input;
	const shown = shownProfile(await profilesOf(dependencies, [userId]), userId);
	const roomId =
		(await findHere(dependencies, room)) ?? (await joinElsewhere(dependencies, { userId, room, via, shown }));
	if (typeof roomId !== "string") return roomId.joined;
	const own = { userId, roomId, targetId: userId };
	try {
		await change(dependencies, own, (draft) => {
			if (membershipOf(draft, userId) === "join") return;
			addMember(draft, own, { membership: "join", ...shown });
		});
	} catch (error) {
		// Whether another room opens this one takes looking into that one. Whoever has all members knows whether one is banned.
		const isForOthers =
			isAppError(error) && (error.rule === "AUTH-JOIN-RESTRICTED" || error.code === "members-arriving");
		if (!isForOthers) throw error;
		await dependencies.remote.joinRestricted({ userId, roomId, shown });
	}
	return roomId;
};

/** The room where it is to be joined as one of this server's; undefined: it is elsewhere. Throws `not-found`. */
export const findHere = async (
	{ directory, serverName }: RoomsDependencies,
	room: RoomId | RoomAlias,
): Promise<RoomId | undefined> => {
	const isAlias = room.startsWith("#");
	if (isAlias && roomAliasServer(room as RoomAlias) !== serverName) return undefined;
	const roomId = isAlias ? await directory.roomIdOfAlias(room) : (room as RoomId);
	if (roomId === undefined) throw new AppError("not-found");
	return (await directory.isElsewhere(roomId)) === false ? roomId : undefined;
};

const joinElsewhere = async (
	{ remote }: RoomsDependencies,
	input: Parameters<RoomsDependencies["remote"]["join"]>[0],
): Promise<RoomId | { readonly joined: RoomId }> => {
	const { kind, roomId } = await remote.join(input);
	return kind === "here" ? roomId : { joined: roomId };
};

/** Leaves, turns an invitation down, or no longer asks to join; not being in the room is success. */
export const leaveRoom = async (dependencies: RoomsDependencies, input: OwnMembershipInput): Promise<void> => {
	if (await dependencies.remote.leave({ ...input, reason: input.reason })) return;
	await change(dependencies, { ...input, targetId: input.userId }, (draft) => {
		const now = membershipOf(draft, input.userId);
		if (now === undefined || now === "leave") return;
		addMember(draft, { ...input, targetId: input.userId }, { membership: "leave" });
	});
};

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
	draft.add({
		type: "m.room.member",
		stateKey: input.targetId,
		sender: input.userId,
		content: { ...content, ...reasonOf(input) },
	});
};

const reasonOf = ({ reason }: Pick<OwnMembershipInput, "reason">): { readonly reason?: string } =>
	reason === undefined || reason === "" ? {} : { reason };
