import type { UserId } from "../../../federation/identifiers/identifier-types.ts";

/** Who is calling: a person on one of their signed-in devices. */
export interface Viewer {
	readonly userId: UserId;
	readonly sessionId: string;
	readonly deviceId: string;
	readonly isOwner: boolean;
}
