/**
 * The rules of `m.room.member`: what all memberships share, then the rules of each.
 * Source: Matrix v1.19, "Authorization rules" of room versions 6 to 11 (rule 4) and 12 (rule 5).
 */
import { parseUserId } from "../identifiers/user-id.ts";
import { getString, getValue } from "../json/json-object.ts";
import type { AuthContext, MemberContext } from "./auth-context.ts";
import { type AuthDecision, refused } from "./auth-decision.ts";
import { authorizeBan } from "./member-ban-rules.ts";
import { authorizeInvite } from "./member-invite-rules.ts";
import { authorizeJoin } from "./member-join-rules.ts";
import { authorizeKnock } from "./member-knock-rules.ts";
import { authorizeLeave } from "./member-leave-rules.ts";

/** Decides on a membership. Whether an authorising server signed it is part of the state-independent check. */
export const authorizeMember = (context: AuthContext): AuthDecision => {
	const { event, version } = context;
	if (event.stateKey === undefined || getValue(event.content, "membership") === undefined) {
		return refused("AUTH-MEMBER-FIELDS", "a membership lacks its state key or content.membership");
	}
	// The rules speak of a target user throughout, so a state key that is no user id has no membership to give.
	if (parseUserId(event.stateKey) === undefined) {
		return refused("AUTH-MEMBER-TARGET", "the state key of a membership is not a user id");
	}
	const memberContext: MemberContext = { ...context, target: event.stateKey };
	switch (getString(event.content, "membership")) {
		case "join":
			return authorizeJoin(memberContext);
		case "invite":
			return authorizeInvite(memberContext);
		case "leave":
			return authorizeLeave(memberContext);
		case "ban":
			return authorizeBan(memberContext);
		case "knock":
			return version.knocking ? authorizeKnock(memberContext) : unknownMembership;
		default:
			return unknownMembership;
	}
};

const unknownMembership = refused("AUTH-MEMBER-UNKNOWN", "the membership is unknown in this room version");
