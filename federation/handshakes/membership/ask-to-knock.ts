/**
 * Knocking on a room through a server that is in it, asking side.
 * Matrix v1.19 Server-Server API, "Knocking upon a room"; SPEC.md, "Membership".
 */
import type { RoomEvent } from "../../events/room-event.ts";
import type { RoomVersion } from "../../room-versions/room-version.ts";
import { askForTemplate, type MembershipWish } from "./ask-for-template.ts";
import type { AskingPorts, HandshakeFailure } from "./asking.ts";
import { sendUri } from "./membership-uris.ts";
import { readStrippedState, type StrippedEvent } from "./stripped-state.ts";

/** A knock that was heard, and what the room is called. */
export interface Knocked {
	readonly kind: "knocked";
	readonly event: RoomEvent;
	readonly version: RoomVersion;
	readonly state: readonly StrippedEvent[];
}

/** Knocks, or says why it was not heard. */
export const askToKnock = async (
	ports: AskingPorts,
	wish: Omit<MembershipWish, "membership">,
): Promise<Knocked | HandshakeFailure> => {
	const signed = await askForTemplate(ports, { ...wish, membership: "knock" });
	if (signed.kind !== "signed") return signed;
	const { event, version } = signed;
	const uri = sendUri("knock", wish.roomId, { eventId: event.eventId });
	const answer = await ports.transport.request(wish.server, { method: "PUT", uri, content: event.json });
	if (answer.kind !== "answered") return answer;
	const state = await readStrippedState(ports, { roomId: wish.roomId, version }, answer.content["knock_room_state"]);
	// The knock was heard: what the room is called is less than that.
	return { kind: "knocked", event, version, state: state.kind === "ok" ? state.events : [] };
};
