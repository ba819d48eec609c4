/** The outcomes of the checks on a received event, and what the checks need. See SPEC.md, "Receiving". */
import type { AuthRule } from "../authorization/auth-decision.ts";
import type { EventRule } from "../events/event-rule.ts";
import type { RoomEvent } from "../events/room-event.ts";
import type { EventId, RoomId } from "../identifiers/identifier-types.ts";
import type { EventStore } from "../ports/event-store.ts";
import type { PolicyServer } from "../ports/policy-server.ts";
import type { ServerKeys } from "../ports/server-keys.ts";
import type { SignatureVerifier } from "../ports/signature-verifier.ts";
import type { StateStore } from "../ports/state-store.ts";
import type { RoomVersion } from "../room-versions/room-version.ts";
import type { SignatureRule } from "../signing/signature-check.ts";

/** The room that the sender of the event says it is for. */
export interface ReceivingRoom {
	readonly roomId: RoomId;
	readonly version: RoomVersion;
	/** The state of the room lacks memberships, which are still arriving: see unknown-members.ts. */
	readonly areMembersArriving?: boolean;
}

/** The world as the checks see it. */
export interface ReceivingPorts {
	readonly events: EventStore;
	readonly states: StateStore;
	readonly keys: ServerKeys;
	readonly verifier: SignatureVerifier;
	/** Left out where policy servers are not asked. */
	readonly policyServer?: PolicyServer;
}

/** An event that is to be stored. When `isRedacted`, its content hash was wrong and `event` is the redacted copy. */
interface Kept {
	readonly event: RoomEvent;
	readonly isRedacted: boolean;
}

/** To be forgotten. `isTransient`: keys could not be asked for now, so that a later try may end otherwise. */
export interface Dropped {
	readonly kind: "dropped";
	readonly rule: EventRule | SignatureRule | "RCV-ROOM";
	readonly detail: string;
	readonly isTransient: boolean;
}

/** Cannot be judged yet: bring these events, or the state before the event, and check it again. */
export interface Incomplete extends Kept {
	readonly kind: "incomplete";
	/** Auth events, and in version 12 the create event, that are not stored. */
	readonly missingAuthEvents: readonly EventId[];
	/** True when the state before the event is not known, because previous events are not. */
	readonly isStateMissing: boolean;
}

/** To be stored, but it changes no state, authorizes nothing, is not shown and not built upon. */
export interface Rejected extends Kept {
	readonly kind: "rejected";
	readonly rule: AuthRule;
	readonly detail: string;
	/** What refused it: its own auth events, or the state before it. */
	readonly by: "authEvents" | "stateBefore";
}

/** To be stored; it takes part in state, but it is not shown and is no forward extremity. */
export interface SoftFailed extends Kept {
	readonly kind: "softFailed";
	readonly rule: AuthRule | "RCV-POLICY";
	readonly detail: string;
}

/** To be stored, shown and built upon. */
export interface Accepted extends Kept {
	readonly kind: "accepted";
}

/** How a received event comes out of its checks. */
export type ReceivedEvent = Dropped | Incomplete | Rejected | SoftFailed | Accepted;
