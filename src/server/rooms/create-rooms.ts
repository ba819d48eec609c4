import type { UserId } from "../../../federation/identifiers/identifier-types.ts";
import { addAlias, type ChangeAliasInput, removeAlias } from "./change-alias.ts";
import {
	banPerson,
	forgetRoom,
	invitePerson,
	joinRoom,
	kickPerson,
	leaveRoom,
	type OtherMembershipInput,
	type OwnMembershipInput,
	unbanPerson,
} from "./change-membership.ts";
import { type CreateRoomInput, createRoom } from "./create-room.ts";
import { leaveAllRooms, showProfile } from "./follow-account.ts";
import type { RoomsDependencies } from "./rooms-dependencies.ts";
import { type SetRoleInput, setRole } from "./set-role.ts";
import {
	type SetRoomStateInput,
	setAvatar,
	setHistoryVisibility,
	setJoinRule,
	setName,
	setTopic,
} from "./set-room-state.ts";
import { type UpgradeRoomInput, upgradeRoom } from "./upgrade-room.ts";

/** The area's use cases, bound to what they stand on. */
export const createRooms = (dependencies: RoomsDependencies) => ({
	create: (input: CreateRoomInput) => createRoom(dependencies, input),
	upgrade: (input: UpgradeRoomInput) => upgradeRoom(dependencies, input),
	invite: (input: OtherMembershipInput) => invitePerson(dependencies, input),
	join: (input: Parameters<typeof joinRoom>[1]) => joinRoom(dependencies, input),
	leave: (input: OwnMembershipInput) => leaveRoom(dependencies, input),
	kick: (input: OtherMembershipInput) => kickPerson(dependencies, input),
	ban: (input: OtherMembershipInput) => banPerson(dependencies, input),
	unban: (input: OtherMembershipInput) => unbanPerson(dependencies, input),
	forget: (input: OwnMembershipInput) => forgetRoom(dependencies, input),
	showProfile: (userId: UserId) => showProfile(dependencies, userId),
	leaveAll: (userId: UserId) => leaveAllRooms(dependencies, userId),
	setRole: (input: SetRoleInput) => setRole(dependencies, input),
	setName: (input: Parameters<typeof setName>[1]) => setName(dependencies, input),
	setTopic: (input: Parameters<typeof setTopic>[1]) => setTopic(dependencies, input),
	setAvatar: (input: Parameters<typeof setAvatar>[1]) => setAvatar(dependencies, input),
	setJoinRule: (input: Parameters<typeof setJoinRule>[1]) => setJoinRule(dependencies, input),
	setHistoryVisibility: (input: SetRoomStateInput & { readonly historyVisibility: string }) =>
		setHistoryVisibility(dependencies, input),
	addAlias: (input: ChangeAliasInput) => addAlias(dependencies, input),
	removeAlias: (input: ChangeAliasInput) => removeAlias(dependencies, input),
});

export type Rooms = ReturnType<typeof createRooms>;
