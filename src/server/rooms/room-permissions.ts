import type { AuthState } from "../../../federation/authorization/auth-state.ts";
import { membershipIn } from "../../../federation/authorization/auth-state.ts";
import {
	actionPowerLevel,
	hasLevel,
	requiredPowerLevel,
	userPowerLevel,
} from "../../../federation/authorization/power-levels.ts";
import type { UserId } from "../../../federation/identifiers/identifier-types.ts";
import type { RoomVersion } from "../../../federation/room-versions/room-version.ts";
import type { WireRoomDetails } from "../../shared/wire/room.ts";

/** What a person may do in a room, by the same levels that authorization compares. */
export const roomPermissions = (
	state: AuthState,
	userId: UserId,
	version: RoomVersion,
): WireRoomDetails["permissions"] => {
	const isJoined = membershipIn(state, userId) === "join";
	const level = userPowerLevel(state, userId, version);
	const may = (action: "invite" | "kick" | "ban" | "redact"): boolean =>
		isJoined && hasLevel(level, actionPowerLevel(state, action, version));
	const set = (type: string): boolean =>
		isJoined && hasLevel(level, requiredPowerLevel(state, { type, stateKey: "" }, version));
	return {
		send:
			isJoined && hasLevel(level, requiredPowerLevel(state, { type: "m.room.message", stateKey: undefined }, version)),
		invite: may("invite"),
		kick: may("kick"),
		ban: may("ban"),
		redactOthers: may("redact"),
		setName: set("m.room.name"),
		setTopic: set("m.room.topic"),
		setAvatar: set("m.room.avatar"),
		setRoles: set("m.room.power_levels"),
		setJoinRule: set("m.room.join_rules"),
		setHistoryVisibility: set("m.room.history_visibility"),
		enableEncryption: set("m.room.encryption"),
		setAliases: set("m.room.canonical_alias"),
		upgrade: set("m.room.tombstone"),
		addRooms: set("m.space.child"),
	};
};
