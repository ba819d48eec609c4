/**
 * Leaving a room, or turning an invitation to it down, through a server that is in it; asking side.
 * Matrix v1.19 Server-Server API, "Leaving Rooms (Rejecting Invites)"; SPEC.md, "Membership".
 */
import type { RoomEvent } from "../../events/room-event.ts";
import { askForTemplate, type MembershipWish } from "./ask-for-template.ts";
import type { AskingPorts, HandshakeFailure } from "./asking.ts";
import { sendUri } from "./membership-uris.ts";

/** Leaves, or says why the other server does not know of it. */
export const askToLeave = async (
	ports: Pick<AskingPorts, "transport" | "signer">,
	wish: Omit<MembershipWish, "membership">,
): Promise<{ readonly kind: "left"; readonly event: RoomEvent } | HandshakeFailure> => {
	const signed = await askForTemplate(ports, { ...wish, membership: "leave" });
	if (signed.kind !== "signed") return signed;
	const { event } = signed;
	const uri = sendUri("leave", wish.roomId, { eventId: event.eventId });
	const patience = wish.timeoutMs === undefined ? {} : { timeoutMs: wish.timeoutMs };
	const answer = await ports.transport.request(wish.server, { method: "PUT", uri, content: event.json, ...patience });
	return answer.kind === "answered" ? { kind: "left", event } : answer;
};
