import type { RoomId, UserId } from "../../../../../federation/identifiers/identifier-types.ts";
import type { Saying } from "../say.ts";
import type { SeenMessages } from "../seen-messages.ts";
import type { RoomChoice } from "./room-choice.ts";

/** What is known of a room when something is to be said in it. */
export interface RoomScene {
	readonly choice: RoomChoice;
	/** How people are shown. */
	readonly names: ReadonlyMap<string, string>;
}

/** What everything that it does in rooms stands on. */
export interface Workplace {
	readonly ownId: UserId;
	readonly seen: SeenMessages;
	readonly signal: AbortSignal;
	/** Undefined: it is not wanted there any more. */
	sceneOf(roomId: RoomId): Promise<RoomScene | undefined>;
	/** In the room's turn; what breaks is written into the log. */
	inTurn(roomId: RoomId, work: () => Promise<void>): void;
	speak(roomId: RoomId, saying: Saying): Promise<void>;
}
