/**
 * The rule of `m.room.third_party_invite`: inviting somebody by an address that is not yet a Matrix user.
 * Source: Matrix v1.19, "Authorization rules" of room version 12, rule 7.
 */
import type { AuthContext } from "./auth-context.ts";
import { type AuthDecision, allowed, refused } from "./auth-decision.ts";
import { actionPowerLevel, hasLevel, userPowerLevel } from "./power-levels.ts";

/** Decides on a third-party invite; that its sender is joined was checked before. */
export const authorizeThirdPartyInvite = ({ event, state, version }: AuthContext): AuthDecision =>
	hasLevel(userPowerLevel(state, event.sender, version), actionPowerLevel(state, "invite", version))
		? allowed
		: refused("AUTH-3PID-INVITE-LEVEL", "the sender may not invite");
