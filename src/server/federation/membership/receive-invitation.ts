import { answerInvite, type InviteQuestion } from "../../../../federation/handshakes/membership/answer-invite.ts";
import { forbidden, inviteBlocked, limitExceeded, type Refusal } from "../../../../federation/handshakes/refusal.ts";
import type { JsonObject } from "../../../../federation/json/json-value.ts";
import type { AcceptedKnock } from "./follow-accepted-knock.ts";
import type { MembershipDependencies } from "./membership-dependencies.ts";
import { storeInvitation } from "./store-invitation.ts";

/** A server whose invitations nobody answers has said enough. */
const maxPendingOfServer = 500;

/**
 * Takes in an invitation of a person of this server, where the server's policy lets the other one invite. To a room that
 * is here it comes again by the room itself, and is only signed.
 */
export const receiveInvitation = async (
	dependencies: MembershipDependencies,
	question: InviteQuestion,
	/** Told of an invitation that answers somebody who asked to join. */
	onAccepted: (accepted: AcceptedKnock) => void,
): Promise<{ readonly kind: "answered"; readonly event: JsonObject } | Refusal> => {
	const { memberships, directory, log } = dependencies;
	const { origin } = question;
	const unwanted = await refuseByPolicy(dependencies, question);
	if (unwanted !== undefined) return unwanted;
	const invitation = await answerInvite(dependencies, question);
	if (invitation.kind === "refused") return invitation;
	const { event, userId } = invitation;
	if (!(await memberships.hasPerson(userId))) return forbidden("There is nobody of that name here");
	const blocking = await directory.whoBlocks(event.sender, [userId]);
	if (blocking.length > 0) return inviteBlocked();
	const standing = await memberships.standing(event.roomId, userId);
	if (standing?.isHere !== true) {
		await storeInvitation(dependencies, invitation);
		log.info({ peer: origin, room: event.roomId, event: event.eventId }, "an invitation arrived");
	}
	if (standing?.membership === "knock") onAccepted({ userId, roomId: event.roomId });
	return { kind: "answered", event: event.json };
};

/** Asked before any signature is checked: what is not wanted costs nothing. */
const refuseByPolicy = async (
	{ invitationPolicy, memberships }: MembershipDependencies,
	{ origin }: InviteQuestion,
): Promise<Refusal | undefined> => {
	const policy = invitationPolicy();
	if (policy === "nobody") return forbidden("This server takes no invitations from other servers");
	if (policy === "known" && !(await memberships.sharesRoom(origin))) {
		return forbidden("This server takes invitations only from servers that it shares a room with");
	}
	return (await memberships.pendingFrom(origin)) < maxPendingOfServer ? undefined : limitExceeded(60 * 60 * 1000);
};
