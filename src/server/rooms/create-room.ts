import type { RoomAlias, RoomId, UserId } from "../../../federation/identifiers/identifier-types.ts";
import { parseRoomAlias } from "../../../federation/identifiers/room-alias.ts";
import { AppError, isAppError } from "../../shared/app-error.ts";
import type { WireRoomKind } from "../../shared/wire/room.ts";
import type { PlanContext } from "./append/append-job.ts";
import type { RoomDraft } from "./append/room-draft.ts";
import { addAliasRow } from "./change-alias.ts";
import { forgetRoom, leaveRoom } from "./change-membership.ts";
import type { Profile } from "./ports.ts";
import { encryptionContent, encryptionEventType } from "./room-encryption.ts";
import { createContent, initialPowerLevels } from "./room-template.ts";
import { isRemote, profilesOf, type RoomsDependencies, refuseBlocked } from "./rooms-dependencies.ts";
import { shownProfile } from "./shown-profile.ts";

export interface CreateRoomInput {
	readonly creatorId: UserId;
	readonly transactionId: string;
	readonly kind: WireRoomKind;
	/** Of a space: everybody may join. */
	readonly isPublic?: boolean | undefined;
	readonly name?: string | undefined;
	readonly topic?: string | undefined;
	/** `mxc://` address of a picture that the creator uploaded here. */
	readonly avatarUrl?: string | undefined;
	readonly inviteeIds: readonly UserId[];
	readonly aliasLocalpart?: string | undefined;
	/** Messages are encrypted from the first one on. */
	readonly encryption?: boolean | undefined;
}

/**
 * Makes a room with everything it begins with, in one transaction. A direct chat that exists already is returned instead
 * of made again. People of other servers are
 * invited once it is there: where one of them cannot be, the room stays and a retry invites who is missing, but a direct
 * chat that leads to nobody is left again. Throws `user-unknown`, `invite-blocked`, `alias-taken`, `bad-input`.
 */
export const createRoom = async (dependencies: RoomsDependencies, input: CreateRoomInput): Promise<RoomId> => {
	const inviteeIds = [...new Set(input.inviteeIds)].filter((userId) => userId !== input.creatorId);
	const profiles = await profilesOf(dependencies, [input.creatorId, ...inviteeIds]);
	const [other] = inviteeIds;
	if (input.kind === "direct") {
		if (other === undefined || inviteeIds.length > 1) {
			throw new AppError("bad-input", { detail: "a direct chat has one other person" });
		}
		const existing = await dependencies.directory.directRoomOf(input.creatorId, other);
		if (existing !== undefined) return existing;
	}
	if (input.kind === "space" && input.encryption === true) {
		throw new AppError("bad-input", { detail: "nobody writes in a space" });
	}
	await refuseBlocked(dependencies, input.creatorId, inviteeIds);
	if (input.avatarUrl !== undefined) await dependencies.requireOwnPicture(input.creatorId, input.avatarUrl);
	const roomId = await makeRoom(dependencies, { ...input, inviteeIds }, profiles);
	const remoteIds = inviteeIds.filter((userId) => isRemote(dependencies, userId));
	if (remoteIds.length > 0) await inviteRemotes(dependencies, { ...input, roomId, remoteIds }, profiles);
	return roomId;
};

const makeRoom = (
	dependencies: RoomsDependencies,
	input: CreateRoomInput,
	profiles: ReadonlyMap<UserId, Profile>,
): Promise<RoomId> => {
	const alias = aliasOf(dependencies, input);
	const { defaultVersion: version } = dependencies;
	const [other] = input.inviteeIds;
	return dependencies.lane.submit<RoomId>({
		rooms: [],
		users: [],
		newRooms: 1,
		aliases: alias === undefined ? [] : [alias],
		...(input.kind === "direct" && other !== undefined ? { direct: { userId: input.creatorId, otherId: other } } : {}),
		replay: {
			transactionId: input.transactionId,
			sender: input.creatorId,
			roomId: undefined,
			answer: (earlier) => earlier as RoomId,
		},
		plan: (context) => {
			// Asked again under the lock: both may have begun at the same moment.
			const existing = context.directRoom();
			if (existing !== undefined) return existing;
			const draft = context.newRoom({
				version,
				kind: input.kind,
				creatorId: input.creatorId,
				transactionId: input.transactionId,
				roomId: version.roomIdIsCreateHash ? undefined : dependencies.randomRoomId(),
			});
			addFirstEvents(draft, input, profiles);
			if (alias !== undefined) addAlias(context, draft, { alias, userId: input.creatorId });
			return draft.roomId;
		},
	});
};

const aliasOf = (dependencies: RoomsDependencies, input: CreateRoomInput): RoomAlias | undefined => {
	if (input.aliasLocalpart === undefined) return undefined;
	const alias = parseRoomAlias(`#${input.aliasLocalpart}:${dependencies.serverName}`);
	if (alias === undefined) throw new AppError("bad-input", { detail: "aliasLocalpart" });
	return alias;
};

const addAlias = (context: PlanContext, draft: RoomDraft, wanted: { alias: RoomAlias; userId: UserId }): void => {
	addAliasRow(context, draft, wanted);
	draft.add({
		type: "m.room.canonical_alias",
		stateKey: "",
		sender: wanted.userId,
		content: { alias: wanted.alias },
	});
};

const addFirstEvents = (draft: RoomDraft, input: CreateRoomInput, profiles: ReadonlyMap<UserId, Profile>): void => {
	const { version } = draft.head;
	const sender = input.creatorId;
	const isDirect = input.kind === "direct";
	const additionalCreators = isDirect ? input.inviteeIds : [];
	const state = (type: string, content: Parameters<typeof draft.add>[0]["content"], stateKey = ""): void => {
		draft.add({ type, sender, stateKey, content });
	};
	const isSpace = input.kind === "space";
	const isPublic = input.kind === "public" || (isSpace && input.isPublic === true);
	const created = { creatorId: sender, additionalCreators, predecessor: undefined, isSpace };
	state("m.room.create", createContent(version, created));
	state("m.room.member", { membership: "join", ...shownProfile(profiles, sender) }, sender);
	state("m.room.power_levels", initialPowerLevels(version, { owners: [sender, ...additionalCreators], isSpace }));
	state("m.room.join_rules", { join_rule: isPublic ? "public" : "invite" });
	state("m.room.history_visibility", { history_visibility: "shared" });
	state("m.room.guest_access", { guest_access: "forbidden" });
	if (input.encryption === true) state(encryptionEventType, encryptionContent());
	if (input.name !== undefined) state("m.room.name", { name: input.name });
	if (input.topic !== undefined && input.topic !== "") state("m.room.topic", { topic: input.topic });
	if (input.avatarUrl !== undefined) state("m.room.avatar", { url: input.avatarUrl });
	const { serverName } = draft.context.signer;
	for (const userId of input.inviteeIds) {
		if (isRemote({ serverName }, userId)) continue;
		const content = { membership: "invite", ...shownProfile(profiles, userId) };
		state("m.room.member", isDirect ? { ...content, is_direct: true } : content, userId);
	}
};

const inviteRemotes = async (
	dependencies: RoomsDependencies,
	{
		creatorId,
		roomId,
		remoteIds,
		kind,
	}: CreateRoomInput & { readonly roomId: RoomId; readonly remoteIds: readonly UserId[] },
	profiles: ReadonlyMap<UserId, Profile>,
): Promise<void> => {
	for (const targetId of remoteIds) {
		try {
			const content = shownProfile(profiles, targetId);
			await dependencies.remote.invite({ userId: creatorId, roomId, targetId, content });
		} catch (error) {
			if (isAppError(error) && error.code === "already-member") continue;
			if (kind === "direct") await leaveForGood(dependencies, { userId: creatorId, roomId });
			throw error;
		}
	}
};

const leaveForGood = async (
	dependencies: RoomsDependencies,
	own: { readonly userId: UserId; readonly roomId: RoomId },
): Promise<void> => {
	await leaveRoom(dependencies, own);
	await forgetRoom(dependencies, own);
};
