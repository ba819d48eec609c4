/**
 * Who may join, and change the own profile in a room, which is a join too.
 * Source: Matrix v1.19, "Authorization rules" of room versions 6 and 7 (rule 4.2), 8 to 11 (4.3) and 12 (5.3).
 */
import { getString } from "../json/json-object.ts";
import type { RoomVersion } from "../room-versions/room-version.ts";
import type { MemberContext } from "./auth-context.ts";
import { type AuthDecision, allowed, refused } from "./auth-decision.ts";
import { joinRuleIn, membershipIn } from "./auth-state.ts";
import { creatorsOf } from "./creators.ts";
import { actionPowerLevel, hasLevel, userPowerLevel } from "./power-levels.ts";

/** Decides on a membership `join`. */
export const authorizeJoin = (context: MemberContext): AuthDecision => {
	const { event, state, version, target } = context;
	if (isFirstJoin(context)) return allowed;
	if (event.sender !== target) return refused("AUTH-JOIN-SENDER", "a user joins another user");
	const membership = membershipIn(state, target);
	if (membership === "ban") return refused("AUTH-JOIN-BANNED", "the user is banned");
	const isExpected = membership === "join" || membership === "invite";
	const joinRule = joinRuleIn(state);
	if (joinRule === "public") return allowed;
	if (isInviteRule(joinRule, version)) {
		return isExpected ? allowed : refused("AUTH-JOIN-INVITED", "the user is not invited");
	}
	if (isRestrictedRule(joinRule, version)) {
		return isExpected || isAuthorised(context)
			? allowed
			: refused("AUTH-JOIN-RESTRICTED", "no member with the power to invite authorises the join");
	}
	return refused("AUTH-JOIN-RULE", "the join rule lets nobody in");
};

/**
 * The creator's first join, which needs no join rule. Later creators of version 12 join as everybody does: the rule
 * names the sender of the create event alone.
 */
const isFirstJoin = ({ event, create, version, target }: MemberContext): boolean =>
	event.prevEvents.length === 1 &&
	event.prevEvents[0] === create.eventId &&
	(version.creatorIsSender ? target === create.sender : creatorsOf(create, version).has(target));

const isInviteRule = (joinRule: string, version: RoomVersion): boolean =>
	joinRule === "invite" || (version.knocking && joinRule === "knock");

const isRestrictedRule = (joinRule: string, version: RoomVersion): boolean =>
	(version.restrictedJoins && joinRule === "restricted") ||
	(version.knockRestricted && joinRule === "knock_restricted");

/** True when the user whose server authorised the join is a member who may invite. */
const isAuthorised = ({ event, state, version }: MemberContext): boolean => {
	const authoriser = getString(event.content, "join_authorised_via_users_server");
	return (
		authoriser !== undefined &&
		membershipIn(state, authoriser) === "join" &&
		hasLevel(userPowerLevel(state, authoriser, version), actionPowerLevel(state, "invite", version))
	);
};
