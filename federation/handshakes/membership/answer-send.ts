/**
 * The second half of joining, leaving and knocking, answering side: the event is held to what was asked for, checked as
 * every received event, stored and sent on. Who joins is given the room: the state before the join and what it stands on.
 * Matrix v1.19 Server-Server API, `send_join`, `send_leave`, `send_knock`; SPEC.md, "Membership".
 */
import { addEventSignature } from "../../events/hash-and-sign-event.ts";
import { parseEvent } from "../../events/parse-event.ts";
import { authorisingUser } from "../../events/required-signers.ts";
import type { RoomEvent } from "../../events/room-event.ts";
import type { ServerName, UserId } from "../../identifiers/identifier-types.ts";
import { parseUserId, userIdServer } from "../../identifiers/user-id.ts";
import { encodeCanonicalJson } from "../../json/canonical-json.ts";
import { getString, jsonObject } from "../../json/json-object.ts";
import type { JsonObject } from "../../json/json-value.ts";
import type { ResidentRoom, Surroundings } from "../../ports/resident-rooms.ts";
import type { RoomVersion } from "../../room-versions/room-version.ts";
import { forbidden, invalidParam, type Refusal, refusedBy, unableToGrantJoin } from "../refusal.ts";
import { type AnsweringPorts, isRefusal, openResidentRoom } from "./answering.ts";
import type { WishedMembership } from "./membership-uris.ts";
import { isRestrictedFor, mayAuthorise, meetsConditions } from "./restricted-join.ts";
import { strippedStateOf } from "./stripped-state.ts";

/** What another server hands in. */
export interface SendQuestion {
	readonly origin: ServerName;
	readonly roomId: string;
	readonly eventId: string;
	readonly membership: WishedMembership;
	readonly pdu: JsonObject;
	/** Of a join: the other server takes a room without its memberships, which it asks for later. */
	readonly mayOmitMembers: boolean;
}

type Answer =
	| { readonly kind: "answered"; readonly content: JsonObject }
	/** A room, which may be tens of megabytes: made as it is taken. */
	| { readonly kind: "streamed"; readonly pieces: AsyncIterable<string> };

/** Takes the event in, or refuses it. */
export const answerSend = async (ports: AnsweringPorts, question: SendQuestion): Promise<Answer | Refusal> =>
	refusedBy("MEM-SEND", await takeIn(ports, question));

const takeIn = async (ports: AnsweringPorts, question: SendQuestion): Promise<Answer | Refusal> => {
	const sender = parseUserId(getString(question.pdu, "sender") ?? "");
	if (sender === undefined) return invalidParam("The sender is not a user ID");
	const room = await openResidentRoom(ports, question, [sender]);
	if (isRefusal(room)) return room;
	const event = readMembership(question, room.version);
	if (isRefusal(event)) return event;
	const signed = question.membership === "join" ? await authorise(ports, room, event) : event;
	if (isRefusal(signed)) return signed;
	const admission = await ports.rooms.admit(room.roomId, signed.json);
	if (admission.kind === "refused") {
		return { ...forbidden(`Not allowed by the room's rules: ${admission.rule}`), rule: admission.rule };
	}
	if (admission.kind === "unknowable") return invalidParam("The event names events that this server does not have");
	return answerFor(ports, { room, event: signed, question });
};

/** The event, where it is nothing else than the membership of a person of the asking server. */
const readMembership = (
	{ origin, roomId, eventId, membership, pdu }: SendQuestion,
	version: RoomVersion,
): RoomEvent | Refusal => {
	const parsed = parseEvent(pdu, version);
	if (parsed.kind === "refused") return invalidParam(`Not an event of the room's version: ${parsed.rule}`);
	const { event } = parsed;
	if (event.eventId !== eventId) return invalidParam("The event has another ID than the request");
	if (event.roomId !== roomId) return invalidParam("The event is of another room");
	if (event.type !== "m.room.member" || getString(event.content, "membership") !== membership) {
		return invalidParam(`Not an event with the membership ${membership}`);
	}
	if (event.stateKey !== event.sender) return invalidParam("The state key is not the sender");
	if (userIdServer(event.sender) !== origin) return invalidParam("The sender is of another server");
	return event;
};

/** A restricted join is signed by this server only where it would have proposed it. */
const authorise = async (ports: AnsweringPorts, room: ResidentRoom, event: RoomEvent): Promise<RoomEvent | Refusal> => {
	const authoriser = authorisingUser(event, room.version);
	if (authoriser === undefined) return event;
	if (authoriser === "malformed") return invalidParam("The authorising user is not a user ID");
	// Another server's signature is that server's to give.
	if (userIdServer(authoriser) !== ports.signer.serverName) return unableToGrantJoin();
	const refusal = await checkAuthoriser(ports, room, { userId: event.sender, authoriser });
	return refusal ?? addEventSignature(event, room.version, ports.signer);
};

const checkAuthoriser = async (
	{ rooms }: AnsweringPorts,
	room: ResidentRoom,
	{ userId, authoriser }: { readonly userId: UserId; readonly authoriser: UserId },
): Promise<Refusal | undefined> => {
	if (isRestrictedFor(room, userId)) {
		const met = await meetsConditions(rooms, room, userId);
		if (met !== true) return refusedBy("MEM-RESTRICTED", met);
	}
	const withAuthoriser = await rooms.room(room.roomId, [authoriser]);
	return withAuthoriser !== undefined && mayAuthorise(withAuthoriser, authoriser) ? undefined : unableToGrantJoin();
};

const answerFor = async (
	{ rooms, signer }: AnsweringPorts,
	taken: { readonly room: ResidentRoom; readonly event: RoomEvent; readonly question: SendQuestion },
): Promise<Answer> => {
	const { room, event, question } = taken;
	const { membership, mayOmitMembers } = question;
	if (membership === "leave") return { kind: "answered", content: jsonObject() };
	if (membership === "knock") {
		return { kind: "answered", content: { knock_room_state: strippedStateOf(room, []) } };
	}
	const [surroundings, servers] = await Promise.all([
		rooms.surroundings(event, { mayOmitMembers }),
		rooms.serversIn(room.roomId),
	]);
	const head = jsonObject([
		["origin", signer.serverName],
		["event", event.json],
		["members_omitted", surroundings.areMembersOmitted],
		["servers_in_room", servers],
	]);
	return { kind: "streamed", pieces: inPieces(head, surroundings) };
};

/** What others are judged by goes first. */
async function* inPieces(head: JsonObject, { state, authChain }: Surroundings): AsyncGenerator<string> {
	yield encodeCanonicalJson(head).slice(0, -1);
	yield* listInPieces("auth_chain", authChain);
	yield* listInPieces("state", state);
	yield "}";
}

async function* listInPieces(name: string, texts: AsyncIterable<string>): AsyncGenerator<string> {
	let before = `,"${name}":[`;
	for await (const text of texts) {
		yield `${before}${text}`;
		before = ",";
	}
	yield before === "," ? "]" : `${before}]`;
}
