/**
 * Whether an allowed redaction does anything. The authorization rules let every member send one; taking content away is
 * decided here, once both events are known.
 * Source: Matrix v1.19, "Handling redactions" of every room version since 3.
 */
import type { RoomEvent } from "../events/room-event.ts";
import { userIdServer } from "../identifiers/user-id.ts";
import type { RoomVersion } from "../room-versions/room-version.ts";
import type { AuthState } from "./auth-state.ts";
import { actionPowerLevel, hasLevel, userPowerLevel } from "./power-levels.ts";

/** The room as it was before the redaction. */
export interface RoomBefore {
	readonly state: AuthState;
	readonly version: RoomVersion;
}

/** True when the redaction takes the content of its target away. */
export const hasRedactionEffect = (redaction: RoomEvent, target: RoomEvent, { state, version }: RoomBefore): boolean =>
	redaction.roomId === target.roomId &&
	redaction.redacts === target.eventId &&
	(userIdServer(redaction.sender) === userIdServer(target.sender) ||
		hasLevel(userPowerLevel(state, redaction.sender, version), actionPowerLevel(state, "redact", version)));
