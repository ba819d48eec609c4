/**
 * Who may invite whom, also by redeeming a third-party invite. Redeeming needs no power and no membership of the sender:
 * the sender of the third-party invite had both.
 * Source: Matrix v1.19, "Authorization rules" of room versions 6 and 7 (rule 4.3), 8 to 11 (4.4) and 12 (5.4).
 */
import { getObject, getString, isJsonObject } from "../json/json-object.ts";
import type { MemberContext } from "./auth-context.ts";
import { type AuthDecision, allowed, refused } from "./auth-decision.ts";
import { membershipIn } from "./auth-state.ts";
import { actionPowerLevel, hasLevel, userPowerLevel } from "./power-levels.ts";
import { isSignedByInviteKey } from "./third-party-signature.ts";

/** Decides on a membership `invite`. */
export const authorizeInvite = (context: MemberContext): AuthDecision => {
	const { event, state, version, target } = context;
	if (Object.hasOwn(event.content, "third_party_invite")) return redeemThirdPartyInvite(context);
	if (membershipIn(state, event.sender) !== "join") {
		return refused("AUTH-INVITE-SENDER", "the inviting user is not in the room");
	}
	const membership = membershipIn(state, target);
	if (membership === "join" || membership === "ban") {
		return refused("AUTH-INVITE-TARGET", `the invited user has the membership ${membership}`);
	}
	return hasLevel(userPowerLevel(state, event.sender, version), actionPowerLevel(state, "invite", version))
		? allowed
		: refused("AUTH-INVITE-LEVEL", "the sender may not invite");
};

const redeemThirdPartyInvite = ({ event, state, target, verifier }: MemberContext): AuthDecision => {
	if (membershipIn(state, target) === "ban") return refused("AUTH-3PID-BANNED", "the invited user is banned");
	const redeemed = event.content["third_party_invite"];
	const signed = isJsonObject(redeemed) ? getObject(redeemed, "signed") : undefined;
	if (signed === undefined) return refused("AUTH-3PID-SIGNED", "third_party_invite has no signed object");
	const mxid = getString(signed, "mxid");
	const token = getString(signed, "token");
	if (mxid === undefined || token === undefined) return refused("AUTH-3PID-FIELDS", "signed lacks mxid or token");
	if (mxid !== target) return refused("AUTH-3PID-MXID", "the signature is for another user");
	const invite = state.get("m.room.third_party_invite", token);
	if (invite === undefined) return refused("AUTH-3PID-TOKEN", "the room has no third-party invite with the token");
	if (invite.sender !== event.sender) {
		return refused("AUTH-3PID-SENDER", "the sender is not the one of the third-party invite");
	}
	return isSignedByInviteKey(signed, invite.content, verifier)
		? allowed
		: refused("AUTH-3PID-SIGNATURE", "no signature verifies with a key of the third-party invite");
};
