/**
 * Who may ban whom.
 * Source: Matrix v1.19, "Authorization rules" of room versions 6 and 7 (rule 4.5), 8 to 11 (4.6) and 12 (5.6).
 */
import type { MemberContext } from "./auth-context.ts";
import { type AuthDecision, allowed, refused } from "./auth-decision.ts";
import { membershipIn } from "./auth-state.ts";
import { actionPowerLevel, hasLevel, powerLevelRank, userPowerLevel } from "./power-levels.ts";

/** Decides on a membership `ban`. */
export const authorizeBan = ({ event, state, version, target }: MemberContext): AuthDecision => {
	if (membershipIn(state, event.sender) !== "join") {
		return refused("AUTH-BAN-SENDER", "the banning user is not in the room");
	}
	const level = userPowerLevel(state, event.sender, version);
	const canBan =
		hasLevel(level, actionPowerLevel(state, "ban", version)) &&
		powerLevelRank(userPowerLevel(state, target, version)) < powerLevelRank(level);
	return canBan ? allowed : refused("AUTH-BAN-LEVEL", "the sender may not ban, or not this user");
};
