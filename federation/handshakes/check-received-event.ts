/**
 * The checks on an event that another server sent, in their order: format, signatures, hash, its auth events, the state
 * before it, the current state, the policy server. It only judges: storing is the caller's, under the room's lock.
 * Matrix v1.19 Server-Server API, "Checks performed on receipt of a PDU"; SPEC.md, "Receiving".
 */
import type { AuthDecision } from "../authorization/auth-decision.ts";
import { type AuthState, authStateOf } from "../authorization/auth-state.ts";
import { authorizerWith } from "../authorization/authorize-event.ts";
import { checkAuthEvents } from "../authorization/check-auth-events.ts";
import { authEventKeys } from "../authorization/select-auth-events.ts";
import { hashMatches } from "../events/hash-matches.ts";
import { parseEvent } from "../events/parse-event.ts";
import { redactEvent } from "../events/redact-event.ts";
import { requiredSigners } from "../events/required-signers.ts";
import type { RoomEvent } from "../events/room-event.ts";
import { type StateMapKey, stateMapKey } from "../events/state-key.ts";
import { eventSignatureKeys, verifyEventSignatures } from "../events/verify-event-signatures.ts";
import type { EventId, ServerName } from "../identifiers/identifier-types.ts";
import { createEventIdOf } from "../identifiers/room-id.ts";
import type { JsonObject } from "../json/json-value.ts";
import type { PartialState } from "../ports/state-store.ts";
import type { RoomVersion } from "../room-versions/room-version.ts";
import type { Dropped, Incomplete, ReceivedEvent, ReceivingPorts, ReceivingRoom, Rejected } from "./received-event.ts";

/** An event past the hash check, with what the later checks share. */
interface Candidate {
	readonly event: RoomEvent;
	readonly isRedacted: boolean;
	readonly signers: readonly ServerName[];
	readonly version: RoomVersion;
	readonly ports: ReceivingPorts;
}

/** Judges a PDU. It is asynchronous only where a port is; nothing is stored. */
export const checkReceivedEvent = async (
	pdu: JsonObject,
	room: ReceivingRoom,
	ports: ReceivingPorts,
): Promise<ReceivedEvent> => {
	const { version } = room;
	const parsed = parseEvent(pdu, version);
	if (parsed.kind === "refused") return dropped(parsed.rule, parsed.detail);
	const received = parsed.event;
	if (received.roomId !== room.roomId) return dropped("RCV-ROOM", "the event is of another room");
	const unsigned = await checkSignatures(received, version, ports);
	if (unsigned !== undefined) return unsigned;
	const isRedacted = !hashMatches(received);
	const event = isRedacted ? redactEvent(received, version) : received;
	const candidate = { event, isRedacted, signers: requiredSigners(received, version), version, ports };
	return (
		(await checkAgainstAuthEvents(candidate)) ??
		(await checkAgainstStateBefore(candidate)) ??
		(await checkAgainstPresent(candidate))
	);
};

const checkSignatures = async (
	event: RoomEvent,
	version: RoomVersion,
	{ keys, verifier }: ReceivingPorts,
): Promise<Dropped | undefined> => {
	const wanted = eventSignatureKeys(event, version);
	const found = await keys.find(wanted.map((key) => ({ ...key, validAtTs: event.originServerTs })));
	const check = verifyEventSignatures(event, { version, keys: found.keys, verifier });
	if (check.kind === "verified") return undefined;
	// A signature that does not verify stays wrong; a key that could not be asked for may be had later.
	const isTransient = check.rule === "SIG-03" && wanted.some(({ server }) => found.unreachable.has(server));
	return { ...dropped(check.rule, check.detail), isTransient };
};

const checkAgainstAuthEvents = async (candidate: Candidate): Promise<Rejected | Incomplete | undefined> => {
	const { event, version, signers, ports } = candidate;
	const createId = event.type === "m.room.create" ? undefined : createEventIdOf(event.roomId);
	const ids = createId === undefined ? event.authEvents : [...event.authEvents, createId];
	const stored = await ports.events.events(ids);
	const missingAuthEvents = ids.filter((id) => !stored.has(id));
	if (missingAuthEvents.length > 0) return incomplete(candidate, { missingAuthEvents, isStateMissing: false });

	const authEvents = event.authEvents.flatMap((id) => stored.get(id)?.event ?? []);
	const create = createId === undefined ? undefined : stored.get(createId)?.event;
	const context = {
		version,
		create,
		isRejected: (id: EventId) => stored.get(id)?.status === "rejected",
		isSignedBy: (server: ServerName) => signers.includes(server),
	};
	const selection = checkAuthEvents(event, authEvents, context);
	if (selection.kind === "refused") return rejected(candidate, selection, "authEvents");
	const state = authStateOf(create === undefined ? authEvents : [...authEvents, create]);
	const decision = authorize(candidate, state);
	return decision.kind === "refused" ? rejected(candidate, decision, "authEvents") : undefined;
};

const checkAgainstStateBefore = async (candidate: Candidate): Promise<Rejected | Incomplete | undefined> => {
	const { event, ports } = candidate;
	const state = await ports.states.stateBefore(event, decidingKeys(candidate));
	if (state === undefined) return incomplete(candidate, { missingAuthEvents: [], isStateMissing: true });
	const decision = authorize(candidate, lookupIn(state));
	return decision.kind === "refused" ? rejected(candidate, decision, "stateBefore") : undefined;
};

const checkAgainstPresent = async (candidate: Candidate): Promise<ReceivedEvent> => {
	const { event, isRedacted, ports } = candidate;
	const state = await ports.states.currentState(event.roomId, decidingKeys(candidate));
	const decision = authorize(candidate, lookupIn(state));
	if (decision.kind === "refused") {
		return { kind: "softFailed", event, isRedacted, rule: decision.rule, detail: decision.detail };
	}
	const isPolicy = event.type === "m.room.policy" && event.stateKey === "";
	// Policy servers are never asked to sign the event that names them.
	const policy = isPolicy ? undefined : await ports.policyServer?.recommendation(event);
	if (policy?.kind === "notRecommended") {
		return { kind: "softFailed", event, isRedacted, rule: "RCV-POLICY", detail: policy.detail };
	}
	return { kind: "accepted", event, isRedacted };
};

const authorize = ({ event, version, ports }: Candidate, state: AuthState): AuthDecision =>
	authorizerWith(ports.verifier)(event, state, version);

/** The state that the rules look at: what the event should cite, and the create event. */
const decidingKeys = ({ event, version }: Candidate): readonly StateMapKey[] => {
	const keys = authEventKeys(event, version).map(([type, stateKey]) => stateMapKey(type, stateKey));
	return [...new Set([stateMapKey("m.room.create", ""), ...keys])];
};

const lookupIn = (state: PartialState): AuthState => ({
	get: (type, stateKey) => state.get(stateMapKey(type, stateKey)),
});

const dropped = (rule: Dropped["rule"], detail: string): Dropped => ({
	kind: "dropped",
	rule,
	detail,
	isTransient: false,
});

const rejected = (
	{ event, isRedacted }: Candidate,
	{ rule, detail }: Extract<AuthDecision, { kind: "refused" }>,
	by: Rejected["by"],
): Rejected => ({ kind: "rejected", event, isRedacted, rule, detail, by });

const incomplete = (
	{ event, isRedacted }: Candidate,
	lacking: Pick<Incomplete, "missingAuthEvents" | "isStateMissing">,
): Incomplete => ({ kind: "incomplete", event, isRedacted, ...lacking });
