/**
 * Leaving, declining an invite, taking back a knock; and what moderators do: kick and unban.
 * Source: Matrix v1.19, "Authorization rules" of room versions 6 and 7 (rule 4.4), 8 to 11 (4.5) and 12 (5.5).
 */
import type { MemberContext } from "./auth-context.ts";
import { type AuthDecision, allowed, refused } from "./auth-decision.ts";
import { membershipIn } from "./auth-state.ts";
import { actionPowerLevel, hasLevel, powerLevelRank, userPowerLevel } from "./power-levels.ts";

/** Decides on a membership `leave`. */
export const authorizeLeave = (context: MemberContext): AuthDecision => {
	const { event, state, version, target } = context;
	const membership = membershipIn(state, target);
	if (event.sender === target) {
		const canLeave = membership === "join" || membership === "invite" || (version.knocking && membership === "knock");
		return canLeave ? allowed : refused("AUTH-LEAVE-SELF", "the user is neither in the room nor on the way in");
	}
	if (membershipIn(state, event.sender) !== "join") {
		return refused("AUTH-LEAVE-SENDER", "the kicking user is not in the room");
	}
	const level = userPowerLevel(state, event.sender, version);
	if (membership === "ban" && !hasLevel(level, actionPowerLevel(state, "ban", version))) {
		return refused("AUTH-LEAVE-UNBAN", "the sender may not unban");
	}
	const canKick =
		hasLevel(level, actionPowerLevel(state, "kick", version)) &&
		powerLevelRank(userPowerLevel(state, target, version)) < powerLevelRank(level);
	return canKick ? allowed : refused("AUTH-LEAVE-KICK", "the sender may not kick, or not this user");
};
