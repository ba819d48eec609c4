import type { AuthState } from "../../../federation/authorization/auth-state.ts";
import { creatorsIn } from "../../../federation/authorization/creators.ts";
import { userPowerLevel } from "../../../federation/authorization/power-levels.ts";
import type { RoomVersion } from "../../../federation/room-versions/room-version.ts";
import type { WireRole } from "../../shared/wire/room.ts";

const adminLevel = 100;
const moderatorLevel = 50;

/** What a person is called in a room. Before version 12 the creator is the owner only while nobody took level 100 away. */
export const roleOf = (state: AuthState, userId: string, version: RoomVersion): WireRole => {
	const level = userPowerLevel(state, userId, version);
	if (level === "creator") return "owner";
	if (level >= adminLevel) return creatorsIn(state, version).has(userId) ? "owner" : "admin";
	return level >= moderatorLevel ? "moderator" : "member";
};
