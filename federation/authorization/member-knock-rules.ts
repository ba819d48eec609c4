/**
 * Who may knock.
 * Source: Matrix v1.19, "Authorization rules" of room versions 7 (rule 4.6), 8 to 11 (4.7) and 12 (5.7).
 */
import type { MemberContext } from "./auth-context.ts";
import { type AuthDecision, allowed, refused } from "./auth-decision.ts";
import { joinRuleIn, membershipIn } from "./auth-state.ts";

/** Decides on a membership `knock`, in versions that have it. */
export const authorizeKnock = ({ event, state, version, target }: MemberContext): AuthDecision => {
	const joinRule = joinRuleIn(state);
	if (joinRule !== "knock" && !(version.knockRestricted && joinRule === "knock_restricted")) {
		return refused("AUTH-KNOCK-RULE", "the join rule allows no knocking");
	}
	if (event.sender !== target) return refused("AUTH-KNOCK-SENDER", "a user knocks for another user");
	const membership = membershipIn(state, target);
	return membership === "ban" || membership === "invite" || membership === "join"
		? refused("AUTH-KNOCK-MEMBERSHIP", `the knocking user has the membership ${membership}`)
		: allowed;
};
