/** What the rules of one event look at: the event, the state it is checked against and the room's create event. */
import type { RoomEvent, StateEvent } from "../events/room-event.ts";
import type { SignatureVerifier } from "../ports/signature-verifier.ts";
import type { RoomVersion } from "../room-versions/room-version.ts";
import type { AuthState } from "./auth-state.ts";

/** The common input of the rules by event type. */
export interface AuthContext {
	readonly event: RoomEvent;
	readonly create: StateEvent;
	readonly state: AuthState;
	readonly version: RoomVersion;
	readonly verifier: SignatureVerifier;
}

/** The input of the membership rules: `target` is the user whom the state key names. */
export interface MemberContext extends AuthContext {
	readonly target: string;
}
