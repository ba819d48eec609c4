import { parseEvent } from "../../../../federation/events/parse-event.ts";
import { eventSignatureKeys, verifyEventSignatures } from "../../../../federation/events/verify-event-signatures.ts";
import type { RoomId, ServerName } from "../../../../federation/identifiers/identifier-types.ts";
import { parseUserId, userIdServer } from "../../../../federation/identifiers/user-id.ts";
import { getString } from "../../../../federation/json/json-object.ts";
import type { JsonObject } from "../../../../federation/json/json-value.ts";
import type { WireMembership } from "../../../shared/wire/room.ts";
import type { MembershipDependencies } from "./membership-dependencies.ts";
import { endInvitation } from "./store-invitation.ts";

/** An event of a room that nobody of this server is in. */
export interface OutsideEvent {
	readonly origin: ServerName;
	readonly roomId: RoomId;
	readonly pdu: JsonObject;
}

/**
 * A room that this server is not in can say one thing of interest: that an invitation is withdrawn, or somebody who asks to join refused. Without the room its
 * rules cannot be asked; what ends an invitation must be signed and stand on the invitation itself. Everything else is
 * ignored. Returns whether an invitation ended.
 */
export const receiveFromOutside = async (
	dependencies: MembershipDependencies,
	{ origin, roomId, pdu }: OutsideEvent,
): Promise<boolean> => {
	const { graph, memberships, keys, verifier, log } = dependencies;
	const room = await graph.room(roomId);
	if (room === undefined) return false;
	const { version } = room;
	const parsed = parseEvent(pdu, version);
	if (parsed.kind === "refused" || parsed.event.roomId !== roomId || parsed.event.type !== "m.room.member")
		return false;
	const { event } = parsed;
	const membership = getString(event.content, "membership");
	const userId = parseUserId(event.stateKey ?? "");
	if (userId === undefined || userIdServer(userId) !== dependencies.serverName) return false;
	if (event.sender === userId || (membership !== "leave" && membership !== "ban")) return false;
	const standing = await memberships.standing(roomId, userId);
	if (standing === undefined || standing.isHere || !isWaiting(standing.membership)) return false;
	const invitations = await memberships.invitationsOf(standing.roomNid, userId);
	if (!event.authEvents.some((eventId) => invitations.includes(eventId))) return false;
	const wanted = eventSignatureKeys(event, version).map((key) => ({ ...key, validAtTs: event.originServerTs }));
	const found = await keys.find(wanted);
	if (verifyEventSignatures(event, { version, keys: found.keys, verifier }).kind === "refused") return false;
	await endInvitation(dependencies, { roomId, userId, sender: event.sender, membership });
	log.info({ peer: origin, room: roomId, event: event.eventId }, `an ${standing.membership} ended`);
	return true;
};

/** For an answer, or to be answered. */
const isWaiting = (membership: WireMembership | undefined): boolean =>
	membership === "invite" || membership === "knock";
