/**
 * An invitation of a person of this server, answering side: it is checked that it is nothing else, signed, and handed to
 * who shows it to the person. Nothing else of the room is known yet.
 * Matrix v1.19 Server-Server API, "Inviting to a room", `PUT /v1/invite`, `PUT /v2/invite`; SPEC.md, "Membership".
 */
import { addEventSignature } from "../../events/hash-and-sign-event.ts";
import { hashMatches } from "../../events/hash-matches.ts";
import { parseEvent } from "../../events/parse-event.ts";
import type { StateEvent } from "../../events/room-event.ts";
import { eventSignatureKeys, verifyEventSignatures } from "../../events/verify-event-signatures.ts";
import type { ServerName, UserId } from "../../identifiers/identifier-types.ts";
import { parseUserId, userIdServer } from "../../identifiers/user-id.ts";
import { getObject, getString, jsonObject } from "../../json/json-object.ts";
import type { JsonObject, JsonValue } from "../../json/json-value.ts";
import type { ServerKeys } from "../../ports/server-keys.ts";
import type { SignatureVerifier } from "../../ports/signature-verifier.ts";
import type { Signer } from "../../ports/signer.ts";
import type { RoomVersion } from "../../room-versions/room-version.ts";
import { roomVersion } from "../../room-versions/room-versions.ts";
import { incompatibleVersion, invalidParam, type Refusal, refusedBy } from "../refusal.ts";
import { readStrippedState, type StrippedEvent } from "./stripped-state.ts";

/** What another server hands in. */
export interface InviteQuestion {
	readonly origin: ServerName;
	readonly roomId: string;
	readonly eventId: string;
	/** Absent in the first form of the endpoint. */
	readonly versionId: string;
	readonly pdu: JsonObject;
	readonly roomState: JsonValue | undefined;
}

/** An invitation that arrived, signed by both servers. */
export interface ReceivedInvitation {
	readonly kind: "invitation";
	readonly event: StateEvent;
	readonly version: RoomVersion;
	readonly userId: UserId;
	readonly state: readonly StrippedEvent[];
}

/** Checks and signs an invitation. Whether the person may be invited by whoever invites is the caller's to ask first. */
export const answerInvite = async (
	ports: { readonly keys: ServerKeys; readonly verifier: SignatureVerifier; readonly signer: Signer },
	question: InviteQuestion,
): Promise<ReceivedInvitation | Refusal> => refusedBy("MEM-INVITE", await takeIn(ports, question));

const takeIn = async (
	ports: Parameters<typeof answerInvite>[0],
	question: InviteQuestion,
): Promise<ReceivedInvitation | Refusal> => {
	const version = roomVersion(question.versionId);
	if (version === undefined) return incompatibleVersion(question.versionId);
	const event = readInvitation(question, version, ports.signer.serverName);
	if (event.kind === "refused") return event;
	const { invitation } = event;
	// In the room an invitation by an address needs no signature of its sender's server; here it is the one that asks.
	const signers = [userIdServer(invitation.sender)];
	const wanted = eventSignatureKeys(invitation, version, signers);
	const found = await ports.keys.find(wanted.map((key) => ({ ...key, validAtTs: invitation.originServerTs })));
	const check = verifyEventSignatures(invitation, { version, keys: found.keys, verifier: ports.verifier, signers });
	if (check.kind === "refused") return invalidParam(`The invitation is not signed as it must be: ${check.rule}`);
	if (!hashMatches(invitation)) return invalidParam("The invitation's content hash is wrong");
	const state = await readStrippedState(ports, { roomId: invitation.roomId, version }, question.roomState);
	if (state.kind === "refused") return invalidParam(`invite_room_state: ${state.detail}`);
	return {
		kind: "invitation",
		event: addEventSignature(invitation, version, ports.signer) as StateEvent,
		version,
		userId: invitation.stateKey as UserId,
		state: state.events,
	};
};

const readInvitation = (
	{ origin, roomId, eventId, pdu }: InviteQuestion,
	version: RoomVersion,
	serverName: ServerName,
): { readonly kind: "ok"; readonly invitation: StateEvent } | Refusal => {
	const parsed = parseEvent(pdu, version);
	if (parsed.kind === "refused") return invalidParam(`Not an event of the room's version: ${parsed.rule}`);
	const { event } = parsed;
	if (event.eventId !== eventId) return invalidParam("The event has another ID than the request");
	if (event.roomId !== roomId) return invalidParam("The event is of another room");
	if (event.type !== "m.room.member" || getString(event.content, "membership") !== "invite") {
		return invalidParam("Not an invitation");
	}
	// By an address: without the room nobody can tell whether it holds.
	const redeemed = getObject(event.content, "third_party_invite");
	const mxid = getString(getObject(redeemed ?? jsonObject(), "signed") ?? jsonObject(), "mxid");
	if (Object.hasOwn(event.content, "third_party_invite") && mxid !== event.stateKey) {
		return invalidParam("The third-party invitation is signed for somebody else");
	}
	if (userIdServer(event.sender) !== origin) return invalidParam("The sender is of another server");
	const invited = parseUserId(event.stateKey ?? "");
	if (event.stateKey === undefined || invited === undefined || userIdServer(invited) !== serverName) {
		return invalidParam("The invited person is of another server");
	}
	return { kind: "ok", invitation: { ...event, stateKey: event.stateKey } };
};
