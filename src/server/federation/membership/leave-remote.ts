import { askToLeave } from "../../../../federation/handshakes/membership/ask-to-leave.ts";
import type { RoomId, UserId } from "../../../../federation/identifiers/identifier-types.ts";
import { userIdServer } from "../../../../federation/identifiers/user-id.ts";
import type { MembershipDependencies } from "./membership-dependencies.ts";
import { endInvitation } from "./store-invitation.ts";

export interface RemoteLeaveInput {
	readonly userId: UserId;
	readonly roomId: RoomId;
	readonly reason?: string | undefined;
}

/** The person waits for it, and is rid of the invitation already. */
const timeoutMs = 5_000;

/**
 * Turns down an invitation to a room that is not here. The person is rid of it whether or not the inviter's server can
 * be told. False: the room is here (or not known at all), and left as a room of this server.
 */
export const leaveRemote = async (
	dependencies: MembershipDependencies,
	{ userId, roomId, reason }: RemoteLeaveInput,
): Promise<boolean> => {
	const { memberships, clock, log } = dependencies;
	const standing = await memberships.standing(roomId, userId);
	if (standing === undefined || standing.isHere) return false;
	if (standing.membership !== "invite" || standing.sender === undefined) return false;
	const server = userIdServer(standing.sender);
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
