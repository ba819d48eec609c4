/**
 * The checks on an event that another server sent, in their order: what can be asked of it by itself, then the state
 * before it, the current state, the policy server. It only judges: storing is the caller's, under the room's lock.
 * Matrix v1.19 Server-Server API, "Checks performed on receipt of a PDU"; SPEC.md, "Receiving".
 */
import type { AuthDecision } from "../authorization/auth-decision.ts";
import type { AuthState } from "../authorization/auth-state.ts";
import { authorizerWith } from "../authorization/authorize-event.ts";
import { authEventKeys } from "../authorization/select-auth-events.ts";
import type { RoomEvent } from "../events/room-event.ts";
import { type StateMapKey, stateMapKey } from "../events/state-key.ts";
import type { JsonObject } from "../json/json-value.ts";
import type { PartialState } from "../ports/state-store.ts";
import type { RoomVersion } from "../room-versions/room-version.ts";
import { checkWithoutState } from "./check-without-state.ts";
import type { Incomplete, ReceivedEvent, ReceivingPorts, ReceivingRoom, Rejected } from "./received-event.ts";
import { withCitedMembers } from "./unknown-members.ts";

/** An event past the checks without state, with what the later checks share. */
interface Candidate {
	readonly event: RoomEvent;
	readonly isRedacted: boolean;
	readonly room: ReceivingRoom;
	readonly ports: ReceivingPorts;
}

/** Judges a PDU. It is asynchronous only where a port is; nothing is stored. */
export const checkReceivedEvent = async (
	pdu: JsonObject,
	room: ReceivingRoom,
	ports: ReceivingPorts,
): Promise<ReceivedEvent> => {
	const checked = await checkWithoutState(pdu, room, ports);
	if (checked.kind !== "accepted") return checked;
	const { event, isRedacted } = checked;
	const candidate = { event, isRedacted, room, ports };
	return (await checkAgainstStateBefore(candidate)) ?? (await checkAgainstPresent(candidate));
};

const checkAgainstStateBefore = async (candidate: Candidate): Promise<Rejected | Incomplete | undefined> => {
	const { event, isRedacted, ports } = candidate;
	const state = await ports.states.stateBefore(event, decidingKeys(candidate));
	if (state === undefined) {
		return { kind: "incomplete", event, isRedacted, missingAuthEvents: [], isStateMissing: true };
	}
	const decision = await authorize(candidate, lookupIn(state));
	if (decision.kind !== "refused") return undefined;
	return { kind: "rejected", event, isRedacted, rule: decision.rule, detail: decision.detail, by: "stateBefore" };
};

/**
 * Whether the state before an event, as it is known now, allows it: what was let in while that state was not whole is asked
 * again. Undefined: that state is not known.
 */
export const isAllowedByStateBefore = async (
	event: RoomEvent,
	version: RoomVersion,
	ports: Pick<ReceivingPorts, "states" | "verifier">,
): Promise<boolean | undefined> => {
	const state = await ports.states.stateBefore(event, decidingKeys({ event, room: { version } }));
	if (state === undefined) return undefined;
	return authorizerWith(ports.verifier)(event, lookupIn(state), version).kind === "allowed";
};

const checkAgainstPresent = async (candidate: Candidate): Promise<ReceivedEvent> => {
	const { event, isRedacted, ports } = candidate;
	const state = await ports.states.currentState(event.roomId, decidingKeys(candidate));
	const decision = await authorize(candidate, lookupIn(state));
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

const authorize = async ({ event, room, ports }: Candidate, state: AuthState): Promise<AuthDecision> => {
	const known = room.areMembersArriving === true ? await withCitedMembers(state, event, ports.events) : state;
	return authorizerWith(ports.verifier)(event, known, room.version);
};

/** The state that the rules look at: what the event should cite, and the create event. */
const decidingKeys = ({
	event,
	room: { version },
}: {
	readonly event: RoomEvent;
	readonly room: Pick<ReceivingRoom, "version">;
}): readonly StateMapKey[] => {
	const keys = authEventKeys(event, version).map(([type, stateKey]) => stateMapKey(type, stateKey));
	return [...new Set([stateMapKey("m.room.create", ""), ...keys])];
};

const lookupIn = (state: PartialState): AuthState => ({
	get: (type, stateKey) => state.get(stateMapKey(type, stateKey)),
});
