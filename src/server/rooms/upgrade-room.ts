import { linksInOrder, type SpaceLink } from "../../../federation/handshakes/space-links.ts";
import type { RoomId, UserId } from "../../../federation/identifiers/identifier-types.ts";
import { jsonObject } from "../../../federation/json/json-object.ts";
import type { JsonObject } from "../../../federation/json/json-value.ts";
import type { RoomVersion } from "../../../federation/room-versions/room-version.ts";
import { roomVersion } from "../../../federation/room-versions/room-versions.ts";
import { AppError } from "../../shared/app-error.ts";
import type { RoomDraft } from "./append/room-draft.ts";
import { assistantEventType } from "./assistant-policy.ts";
import { finishMove, membersOf, movePeople, peopleAtOnce, peopleLeft, shown } from "./move-people.ts";
import { requireLevel } from "./require-level.ts";
import { carriedEncryption, encryptionEventType } from "./room-encryption.ts";
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
	encryptionEventType,
	"m.room.server_acl",
	assistantEventType,
];

/**
 * Replaces a room by a new one of another version: state, bans, aliases and people move, the old room points to the new
 * one. People of this server are in the new room when it is answered; many are taken over in steps. A retry under the same transaction id is given the first answer.
 * Matrix v1.19 Client-Server API, "Room Upgrades".
 * Throws `version-not-supported`, `room-upgraded`, `forbidden`.
 */
export const upgradeRoom = async (dependencies: RoomsDependencies, input: UpgradeRoomInput): Promise<RoomId> => {
	const version = roomVersion(input.version);
	if (version === undefined || Number(version.id) < 10) throw new AppError("version-not-supported");
	const aliases = await dependencies.directory.aliasesOf(input.roomId);
	// Client ids have no space in them: what was made under the same id without an upgrade is not mistaken for its answer.
	const transactionId = `upgrade ${input.roomId} ${input.transactionId}`;
	const roomId = await dependencies.lane.submit<RoomId>({
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
			const isAtOnce = peopleLeft(old, next).length <= peopleAtOnce;
			addCarriedState(old, next, { creators, version, isAtOnce });
			if (isAtOnce) movePeople(old, next, { userId: input.userId, people: peopleLeft(old, next) });
			else old.rows.moves.push({ oldRoomNid: old.row.nid, newRoomNid: next.row.nid, userId: input.userId });
			for (const alias of aliases) {
				next.rows.aliases.push({ alias, roomNid: next.row.nid, creatorId: input.userId });
			}
			closeOld(old, input.userId, next.roomId);
			return next.roomId;
		},
	});
	for (const move of await dependencies.directory.pendingMoves(input.roomId)) await finishMove(dependencies, move);
	return roomId;
};

const ownersOf = (old: RoomDraft, input: UpgradeRoomInput): readonly UserId[] => {
	const joined = new Set(membersOf(old, "join"));
	const wanted = old.row.kind === "direct" ? [...joined] : input.ownerIds;
	return [...new Set(wanted)].filter((userId) => userId !== input.userId && joined.has(userId));
};

const addCarriedState = (
	old: RoomDraft,
	next: RoomDraft,
	room: { readonly creators: readonly UserId[]; readonly version: RoomVersion; readonly isAtOnce: boolean },
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
	const isSpace = next.row.kind === "space";
	state("m.room.create", createContent(room.version, { creatorId: sender, additionalCreators, predecessor, isSpace }));
	state("m.room.member", { membership: "join", ...shown(old, sender) }, sender);
	const levels = old.state("m.room.power_levels")?.content ?? jsonObject();
	state("m.room.power_levels", withUpgradedLevels(levels, room));
	for (const type of carriedOver) {
		const said = old.state(type)?.content;
		const content = type === encryptionEventType ? carriedEncryption(old.row.encryption, said) : said;
		if (content === undefined) continue;
		// Nobody comes in by themselves before the banned are banned here too.
		const isDoor = type === "m.room.join_rules" && !room.isAtOnce;
		state(type, isDoor ? { join_rule: "invite" } : content);
	}
	if (isSpace) for (const link of carriedLinks(old)) state("m.space.child", link.content, link.roomId);
};

/** What is in a community, in its order: of links that begin at one moment their age says none. */
const carriedLinks = (old: RoomDraft): readonly Pick<SpaceLink, "roomId" | "content">[] => {
	const links = [...old.head.state.values()].flatMap(({ event: { type, stateKey, content, originServerTs } }) =>
		type === "m.space.child" ? [{ roomId: stateKey, content, originServerTs }] : [],
	);
	return linksInOrder(links).map(({ roomId, content }, at) => ({
		roomId,
		content: { ...content, order: String(at).padStart(6, "0") },
	}));
};

const closeOld = (old: RoomDraft, sender: UserId, replacement: RoomId): void => {
	const body = "This room has been replaced";
	old.add({ type: "m.room.tombstone", sender, stateKey: "", content: { body, replacement_room: replacement } });
	const levels = old.state("m.room.power_levels")?.content;
	if (levels === undefined) return;
	old.add({ type: "m.room.power_levels", sender, stateKey: "", content: withRaisedDefaults(levels) });
};
