/**
 * The checks on a received event that need no state: format, signatures, hash and its own auth events. They are all that
 * can be asked of an event that is known only as an ancestor (an outlier), and the beginning for every other.
 * Matrix v1.19 Server-Server API, "Checks performed on receipt of a PDU", checks 1 to 4; SPEC.md, "Receiving".
 */
import type { AuthDecision } from "../authorization/auth-decision.ts";
import { authStateOf } from "../authorization/auth-state.ts";
import { authorizerWith } from "../authorization/authorize-event.ts";
import { checkAuthEvents } from "../authorization/check-auth-events.ts";
import { hashMatches } from "../events/hash-matches.ts";
import { parseEvent } from "../events/parse-event.ts";
import { redactEvent } from "../events/redact-event.ts";
import { requiredSigners } from "../events/required-signers.ts";
import type { RoomEvent } from "../events/room-event.ts";
import { eventSignatureKeys, verifyEventSignatures } from "../events/verify-event-signatures.ts";
import type { EventId, ServerName } from "../identifiers/identifier-types.ts";
import { createEventIdOf } from "../identifiers/room-id.ts";
import type { JsonObject } from "../json/json-value.ts";
import type { RoomVersion } from "../room-versions/room-version.ts";
import type { Accepted, Dropped, Incomplete, ReceivingPorts, ReceivingRoom, Rejected } from "./received-event.ts";

/** What these checks ask: everything but states and policy. */
export type StatelessPorts = Pick<ReceivingPorts, "events" | "keys" | "verifier">;

/** Judges a PDU by itself. `accepted` means that nothing but the room's state can still speak against it. */
export const checkWithoutState = async (
	pdu: JsonObject,
	room: ReceivingRoom,
	ports: StatelessPorts,
): Promise<Dropped | Rejected | Incomplete | Accepted> => {
	const parsed = parseEvent(pdu, room.version);
	return parsed.kind === "refused" ? dropped(parsed.rule, parsed.detail) : checkParsedEvent(parsed.event, room, ports);
};

/** The same for an event whose form has been found right. */
export const checkParsedEvent = async (
	received: RoomEvent,
	room: ReceivingRoom,
	ports: StatelessPorts,
): Promise<Dropped | Rejected | Incomplete | Accepted> => {
	const { version } = room;
	if (received.roomId !== room.roomId) return dropped("RCV-ROOM", "the event is of another room");
	const unsigned = await checkSignatures(received, version, ports);
	if (unsigned !== undefined) return unsigned;
	const isRedacted = !hashMatches(received);
	const event = isRedacted ? redactEvent(received, version) : received;
	const signers = requiredSigners(received, version);
	const refusal = await checkAgainstAuthEvents({ event, isRedacted, signers, version }, ports);
	return refusal ?? { kind: "accepted", event, isRedacted };
};

/** An event past the hash check. */
interface Candidate {
	readonly event: RoomEvent;
	readonly isRedacted: boolean;
	readonly signers: readonly ServerName[];
	readonly version: RoomVersion;
}

const checkSignatures = async (
	event: RoomEvent,
	version: RoomVersion,
	{ keys, verifier }: StatelessPorts,
): Promise<Dropped | undefined> => {
	const wanted = eventSignatureKeys(event, version);
	const found = await keys.find(wanted.map((key) => ({ ...key, validAtTs: event.originServerTs })));
	const check = verifyEventSignatures(event, { version, keys: found.keys, verifier });
	if (check.kind === "verified") return undefined;
	// A signature that does not verify stays wrong; a key that could not be asked for may be had later.
	const isTransient = check.rule === "SIG-03" && wanted.some(({ server }) => found.unreachable.has(server));
	return { ...dropped(check.rule, check.detail), isTransient };
};

const checkAgainstAuthEvents = async (
	candidate: Candidate,
	ports: StatelessPorts,
): Promise<Rejected | Incomplete | undefined> => {
	const { event, isRedacted, version, signers } = candidate;
	const createId = event.type === "m.room.create" ? undefined : createEventIdOf(event.roomId);
	const ids = createId === undefined ? event.authEvents : [...event.authEvents, createId];
	const stored = await ports.events.events(ids);
	const missingAuthEvents = ids.filter((id) => !stored.has(id));
	if (missingAuthEvents.length > 0) {
		return { kind: "incomplete", event, isRedacted, missingAuthEvents, isStateMissing: false };
	}
	const authEvents = event.authEvents.flatMap((id) => stored.get(id)?.event ?? []);
	const create = createId === undefined ? undefined : stored.get(createId)?.event;
	const context = {
		version,
		create,
		isRejected: (id: EventId) => stored.get(id)?.status === "rejected",
		isSignedBy: (server: ServerName) => signers.includes(server),
	};
	const selection = checkAuthEvents(event, authEvents, context);
	if (selection.kind === "refused") return rejected(candidate, selection);
	const state = authStateOf(create === undefined ? authEvents : [...authEvents, create]);
	const decision = authorizerWith(ports.verifier)(event, state, version);
	return decision.kind === "refused" ? rejected(candidate, decision) : undefined;
};

const dropped = (rule: Dropped["rule"], detail: string): Dropped => ({
	kind: "dropped",
	rule,
	detail,
	isTransient: false,
});

const rejected = (
	{ event, isRedacted }: Candidate,
	{ rule, detail }: Extract<AuthDecision, { kind: "refused" }>,
): Rejected => ({ kind: "rejected", event, isRedacted, rule, detail, by: "authEvents" });
