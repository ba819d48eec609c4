import { askToLeave } from "../../../../federation/handshakes/membership/ask-to-leave.ts";
import type { RoomId, ServerName, UserId } from "../../../../federation/identifiers/identifier-types.ts";
import { userIdServer } from "../../../../federation/identifiers/user-id.ts";
import type { MembershipDependencies } from "./membership-dependencies.ts";
import type { Standing } from "./ports.ts";
import { endInvitation } from "./store-invitation.ts";

export interface RemoteLeaveInput {
	readonly userId: UserId;
	readonly roomId: RoomId;
	readonly reason?: string | undefined;
}

/** The person waits for it, and is rid of the invitation already. */
const timeoutMs = 5_000;

/**
 * Turns down an invitation to a room that is not here, or takes back that somebody asks to join it: the person is rid of
 * it whether or not the other server can be told. Puts away a refusal, wherever the room is. False: there is nothing of
 * these, and the room is left as one of this server.
 */
export const leaveRemote = async (
	dependencies: MembershipDependencies,
	{ userId, roomId, reason }: RemoteLeaveInput,
): Promise<boolean> => {
	const { memberships, clock, log } = dependencies;
	const standing = await memberships.standing(roomId, userId);
	if (standing === undefined) return false;
	const { membership, askedThrough } = standing;
	if ((membership === "leave" || membership === "ban") && askedThrough !== undefined) {
		await endInvitation(dependencies, { roomId, userId, sender: userId, membership });
		return true;
	}
	const server = standing.isHere ? undefined : serverToTell(standing);
	if (server === undefined) return false;
	await endInvitation(dependencies, { roomId, userId, sender: userId, membership: "leave" });
	const content = reason === undefined || reason === "" ? {} : { reason };
	const asked = await askToLeave(dependencies, {
		server,
		roomId,
		userId,
		content,
		originServerTs: clock.now(),
		timeoutMs,
	});
	if (asked.kind !== "left") {
		log.info({ peer: server, room: roomId, kind: asked.kind }, "a declined invitation could not be handed back");
	}
	return true;
};

/** Who invited, or through whom it was asked. */
const serverToTell = ({ membership, sender, askedThrough }: Standing): ServerName | undefined => {
	if (membership === "invite") return sender && userIdServer(sender);
	return membership === "knock" && askedThrough !== "" ? askedThrough : undefined;
};
