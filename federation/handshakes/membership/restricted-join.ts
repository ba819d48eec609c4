/**
 * Whether somebody may come into a restricted room without an invitation, as the answering side decides it: in one of the
 * rooms that the join rules name, and let in by a person of this server who may invite.
 * Matrix v1.19 Server-Server API, "Restricted rooms"; SPEC.md, "Membership".
 */
import { joinRuleIn, membershipIn } from "../../authorization/auth-state.ts";
import { creatorsIn } from "../../authorization/creators.ts";
import { actionPowerLevel, hasLevel, powerLevelsIn, userPowerLevel } from "../../authorization/power-levels.ts";
import type { RoomId, ServerName, UserId } from "../../identifiers/identifier-types.ts";
import { parseRoomId } from "../../identifiers/room-id.ts";
import { parseUserId, userIdServer } from "../../identifiers/user-id.ts";
import { getString, getValue, isJsonArray, isJsonObject, jsonObject } from "../../json/json-object.ts";
import type { ResidentRoom, ResidentRooms } from "../../ports/resident-rooms.ts";
import { forbidden, type Refusal, unableToAuthoriseJoin, unableToGrantJoin } from "../refusal.ts";

/** Rooms that one join rule is followed into. */
const maxConditions = 50;
/** People of this server who are looked at for one who may invite. */
const maxCandidates = 50;

/** Whether the room's rule is one that other rooms open. */
export const isRestrictedFor = ({ state, version }: ResidentRoom, userId: UserId): boolean => {
	const rule = joinRuleIn(state);
	const isRestricted =
		(version.restrictedJoins && rule === "restricted") || (version.knockRestricted && rule === "knock_restricted");
	const membership = membershipIn(state, userId);
	return isRestricted && membership !== "join" && membership !== "invite";
};

/** True when the person is in one of the rooms that open this one; else why not. */
export const meetsConditions = async (
	rooms: ResidentRooms,
	room: ResidentRoom,
	userId: UserId,
): Promise<true | Refusal> => {
	let isCertain = true;
	for (const roomId of openingRooms(room)) {
		const other = await rooms.room(roomId, [userId]);
		if (other === undefined) isCertain = false;
		else if (membershipIn(other.state, userId) === "join") return true;
	}
	return isCertain ? forbidden("Not in any of the rooms that open this one") : unableToAuthoriseJoin();
};

const openingRooms = ({ state }: ResidentRoom): readonly RoomId[] => {
	const allow = getValue(state.get("m.room.join_rules", "")?.content ?? jsonObject(), "allow");
	if (!isJsonArray(allow)) return [];
	const named = allow.slice(0, maxConditions).flatMap((condition) => {
		if (!isJsonObject(condition) || getString(condition, "type") !== "m.room_membership") return [];
		return parseRoomId(getString(condition, "room_id") ?? "") ?? [];
	});
	return [...new Set(named)];
};

/** Somebody of this server who is in the room and may invite. */
export const findAuthoriser = async (
	rooms: ResidentRooms,
	{ roomId, state, version }: ResidentRoom,
	serverName: ServerName,
): Promise<UserId | Refusal> => {
	const powerful = [...creatorsIn(state, version), ...(powerLevelsIn(state, version)?.users.keys() ?? [])]
		.flatMap((name) => parseUserId(name) ?? [])
		.filter((userId) => userIdServer(userId) === serverName);
	const others = await rooms.membersHere(roomId, maxCandidates);
	const candidates = [...new Set([...powerful.slice(0, maxCandidates), ...others])];
	const room = await rooms.room(roomId, candidates);
	const found = candidates.find((userId) => room !== undefined && mayAuthorise(room, userId));
	return found ?? unableToGrantJoin();
};

/** In the room, with the power to invite. */
export const mayAuthorise = ({ state, version }: ResidentRoom, userId: UserId): boolean =>
	membershipIn(state, userId) === "join" &&
	hasLevel(userPowerLevel(state, userId, version), actionPowerLevel(state, "invite", version));
