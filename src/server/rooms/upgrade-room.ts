import type { RoomId, UserId } from "../../../federation/identifiers/identifier-types.ts";
import { getString, jsonObject } from "../../../federation/json/json-object.ts";
import type { JsonObject } from "../../../federation/json/json-value.ts";
import type { RoomVersion } from "../../../federation/room-versions/room-version.ts";
import { roomVersion } from "../../../federation/room-versions/room-versions.ts";
import { AppError } from "../../shared/app-error.ts";
import type { RoomDraft } from "./append/room-draft.ts";
import { requireLevel } from "./change-alias.ts";
import { createContent } from "./room-template.ts";
import type { RoomsDependencies } from "./rooms-dependencies.ts";
import { withRaisedDefaults, withUpgradedLevels } from "./upgraded-power-levels.ts";

export interface UpgradeRoomInput {
	readonly userId: UserId;
	readonly roomId: RoomId;
	readonly transactionId: string;
	readonly version: string;
	/** Members who become owners of the new room too. */
	readonly ownerIds: readonly UserId[];
}

const carriedOver = [
	"m.room.join_rules",
	"m.room.history_visibility",
	"m.room.guest_access",
	"m.room.name",
	"m.room.topic",
	"m.room.avatar",
	"m.room.encryption",
	"m.room.server_acl",
];

/**
 * Replaces a room by a new one of another version: state, bans, aliases and people move, the old room points to the new
 * one. People of this server are in the new room at once. A retry under the same transaction id is given the first answer.
 * Matrix v1.19 Client-Server API, "Room Upgrades".
 * Throws `version-not-supported`, `room-upgraded`, `forbidden`.
 */
export const upgradeRoom = async (dependencies: RoomsDependencies, input: UpgradeRoomInput): Promise<RoomId> => {
	const version = roomVersion(input.version);
	if (version === undefined || Number(version.id) < 10) throw new AppError("version-not-supported");
	const aliases = await dependencies.directory.aliasesOf(input.roomId);
	// Client ids have no space in them: what was made under the same id without an upgrade is not mistaken for its answer.
	const transactionId = `upgrade ${input.roomId} ${input.transactionId}`;
	return dependencies.lane.submit<RoomId>({
		rooms: [input.roomId],
		users: "all",
		newRooms: 1,
		replay: {
			transactionId,
			sender: input.userId,
			roomId: undefined,
			answer: (earlier) => earlier as RoomId,
		},
		plan: (context) => {
			const old = context.room(input.roomId);
			if (old.row.replacementRoomId !== undefined) throw new AppError("room-upgraded");
			requireLevel(old, input.userId, "m.room.tombstone");
			const next = context.newRoom({
				version,
				kind: old.row.kind,
				creatorId: input.userId,
				transactionId,
				roomId: version.roomIdIsCreateHash ? undefined : dependencies.randomRoomId(),
			});
			const creators = [input.userId, ...ownersOf(old, input)];
			addCarriedState(old, next, { creators, version });
			movePeople(old, next, creators);
			for (const alias of aliases) {
				next.rows.aliases.push({ alias, roomNid: next.row.nid, creatorId: input.userId });
			}
			closeOld(old, input.userId, next.roomId);
			return next.roomId;
		},
	});
};

const membersOf = (draft: RoomDraft, membership: string): readonly UserId[] =>
	[...draft.head.members.values()].flatMap((entry) =>
		entry !== undefined && entry.event.content["membership"] === membership ? [entry.event.stateKey as UserId] : [],
	);

const ownersOf = (old: RoomDraft, input: UpgradeRoomInput): readonly UserId[] => {
	const joined = new Set(membersOf(old, "join"));
	const wanted = old.row.kind === "direct" ? [...joined] : input.ownerIds;
	return [...new Set(wanted)].filter((userId) => userId !== input.userId && joined.has(userId));
};

const addCarriedState = (
	old: RoomDraft,
	next: RoomDraft,
	room: { readonly creators: readonly UserId[]; readonly version: RoomVersion },
): void => {
	const [sender, ...additionalCreators] = room.creators;
	if (sender === undefined) throw new Error("a room has a creator");
	const state = (type: string, content: JsonObject, stateKey = ""): void => {
		next.add({ type, sender, stateKey, content });
	};
	const predecessor: JsonObject = {
		room_id: old.roomId,
		...(room.version.roomIdIsCreateHash ? {} : { event_id: old.head.extremities[0]?.eventId ?? "" }),
	};
	state("m.room.create", createContent(room.version, { creatorId: sender, additionalCreators, predecessor }));
	state("m.room.member", { membership: "join", ...shown(old, sender) }, sender);
	const levels = old.state("m.room.power_levels")?.content ?? jsonObject();
	state("m.room.power_levels", withUpgradedLevels(levels, room));
	for (const type of carriedOver) {
		const content = old.state(type)?.content;
		if (content !== undefined) state(type, content);
	}
};

const shown = (draft: RoomDraft, userId: UserId): { displayname?: string; avatar_url?: string } => {
	const content = draft.state("m.room.member", userId)?.content ?? jsonObject();
	const displayname = getString(content, "displayname");
	const avatarUrl = getString(content, "avatar_url");
	return {
		...(displayname === undefined ? {} : { displayname }),
		...(avatarUrl === undefined ? {} : { avatar_url: avatarUrl }),
	};
};

/** Whoever was in is in again; whoever was invited is invited again; whoever was banned stays banned. */
const movePeople = (old: RoomDraft, next: RoomDraft, creators: readonly UserId[]): void => {
	const [sender] = creators;
	if (sender === undefined) return;
	const member = (by: UserId, userId: UserId, membership: string): void => {
		const content = { membership, ...(membership === "ban" ? {} : shown(old, userId)) };
		next.add({ type: "m.room.member", sender: by, stateKey: userId, content });
	};
	for (const userId of membersOf(old, "ban")) member(sender, userId, "ban");
	const isPublic = getString(old.state("m.room.join_rules")?.content ?? jsonObject(), "join_rule") === "public";
	for (const userId of membersOf(old, "join")) {
		if (userId === sender) continue;
		const isLocal = userId.endsWith(`:${next.context.signer.serverName}`);
		if (!isPublic || !isLocal) member(sender, userId, "invite");
		if (isLocal) member(userId, userId, "join");
	}
	for (const userId of membersOf(old, "invite")) member(sender, userId, "invite");
};

const closeOld = (old: RoomDraft, sender: UserId, replacement: RoomId): void => {
	const body = "This room has been replaced";
	old.add({ type: "m.room.tombstone", sender, stateKey: "", content: { body, replacement_room: replacement } });
	const levels = old.state("m.room.power_levels")?.content;
	if (levels === undefined) return;
	old.add({ type: "m.room.power_levels", sender, stateKey: "", content: withRaisedDefaults(levels) });
};
