import type { RoomId, UserId } from "../../../federation/identifiers/identifier-types.ts";
import { readAssistantPolicy, readBotRoom } from "./assistant-policy.ts";
import { addAlias, removeAlias } from "./change-alias.ts";
import {
	banPerson,
	forgetRoom,
	invitePerson,
	joinRoom,
	kickPerson,
	leaveRoom,
	unbanPerson,
} from "./change-membership.ts";
import { closeRoom } from "./close-room.ts";
import { type CreateRoomInput, createRoom } from "./create-room.ts";
import { enableEncryption } from "./enable-encryption.ts";
import { findPersonElsewhere } from "./find-person-elsewhere.ts";
import { leaveAllRooms, showProfile } from "./follow-account.ts";
import { followUpgrade } from "./follow-upgrade.ts";
import { knockRoom } from "./knock-room.ts";
import { finishMoves } from "./move-people.ts";
import type { PublicRoomsElsewhereQuery, SpaceQuery } from "./ports.ts";
import { previewRoom } from "./preview-room.ts";
import { findPublicRooms, type PublicRoomsQuery, readPublicRoom } from "./public-rooms.ts";
import type { RoomsDependencies } from "./rooms-dependencies.ts";
import { setRole } from "./set-role.ts";
import {
	setAssistantPolicy,
	setAvatar,
	setHistoryVisibility,
	setJoinRule,
	setName,
	setServerAcl,
	setTopic,
} from "./set-room-state.ts";
import { addToSpace, removeFromSpace } from "./space-rooms.ts";
import { upgradeRoom } from "./upgrade-room.ts";

/** An invitation costs the other person attention, and a room with many of them costs what they cost. */
const inviteesPerWrite = 10;
/** An upgrade writes every member again. */
const upgradeCost = 20;

/** The area's use cases, bound to what they stand on. Each counts against what the person who asks may write. */
export const createRooms = (dependencies: RoomsDependencies) => {
	const { limiter } = dependencies;
	const limited =
		<Input extends { readonly userId: UserId }, Answer>(
			useCase: (dependencies: RoomsDependencies, input: Input) => Promise<Answer>,
			cost = 1,
		) =>
		async (input: Input): Promise<Answer> => {
			limiter.begin(input.userId, cost);
			return useCase(dependencies, input);
		};
	return {
		create: async (input: CreateRoomInput) => {
			limiter.begin(input.creatorId, 1 + Math.floor(input.inviteeIds.length / inviteesPerWrite));
			return createRoom(dependencies, input);
		},
		upgrade: limited(upgradeRoom, upgradeCost),
		finishUpgrades: () => finishMoves(dependencies),
		invite: limited(invitePerson),
		join: limited(joinRoom),
		followUpgrade: limited(followUpgrade),
		knock: limited(knockRoom),
		preview: limited(previewRoom),
		leave: limited(leaveRoom),
		kick: limited(kickPerson),
		ban: limited(banPerson),
		unban: limited(unbanPerson),
		forget: limited(forgetRoom),
		showProfile: (userId: UserId) => showProfile(dependencies, userId),
		/** For the owner. */
		close: (roomId: RoomId) => closeRoom(dependencies, roomId),
		leaveAll: (userId: UserId) => leaveAllRooms(dependencies, userId),
		setRole: limited(setRole),
		setName: limited(setName),
		setTopic: limited(setTopic),
		setAvatar: limited(setAvatar),
		setJoinRule: limited(setJoinRule),
		setServerAcl: limited(setServerAcl),
		setHistoryVisibility: limited(setHistoryVisibility),
		setAssistantPolicy: limited(setAssistantPolicy),
		assistantPolicy: (userId: UserId, roomId: RoomId, botId?: UserId) =>
			readAssistantPolicy(dependencies.directory, { userId, roomId, botId }),
		/** For the assistant as a member. */
		botRoom: (asked: Parameters<typeof readBotRoom>[1]) => readBotRoom(dependencies, asked),
		enableEncryption: limited(enableEncryption),
		findPublic: (query: PublicRoomsQuery) => findPublicRooms(dependencies, query),
		readPublic: (query: Parameters<typeof readPublicRoom>[1]) => readPublicRoom(dependencies, query),
		findPublicElsewhere: limited((_, query: PublicRoomsElsewhereQuery) => dependencies.remote.findPublic(query)),
		walkSpace: limited((_, query: SpaceQuery) => dependencies.remote.walkSpace(query)),
		addToSpace: limited(addToSpace),
		removeFromSpace: limited(removeFromSpace),
		findPersonElsewhere: limited(findPersonElsewhere),
		addAlias: limited(addAlias),
		removeAlias: limited(removeAlias),
	};
};

export type Rooms = ReturnType<typeof createRooms>;
