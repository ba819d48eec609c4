/**
 * The one place between what people write and what the server gets to see. Everything that leaves passes `encrypt` where
 * its room is encrypted, everything that arrives passes `decrypt`, before anything else of the client looks at it.
 */
import type { WireEvent } from "../../shared/wire/event.ts";
import type { WireRoomSummary } from "../../shared/wire/room.ts";

export type RoomEncryption = NonNullable<WireRoomSummary["encryption"]>;

/** What leaves: the content of an event, for whoever may read the room. */
export interface OutgoingContent {
	readonly roomId: string;
	readonly type: string;
	readonly content: Readonly<Record<string, unknown>>;
	readonly encryption: RoomEncryption;
}

/** An event with the room it came from. */
export interface ReceivedEvent {
	readonly roomId: string;
	readonly event: WireEvent;
}

export interface MessageCipher {
	/** Whether what is sealed can be opened: keys that come are then waited for, and otherwise nothing is. */
	isReady(): boolean;
	/** Gets ready to seal for whoever may read the room now: somebody is about to write. Rejects as `encrypt` does. */
	prepare(room: Pick<OutgoingContent, "roomId" | "encryption">): Promise<void>;
	/** Seals content. Called for each attempt to send, so that a retry is for the members of its own moment. */
	encrypt(outgoing: OutgoingContent): Promise<Record<string, unknown>>;
	/** The readable events of a batch, in the batch's order and number. */
	decrypt(batch: readonly ReceivedEvent[]): Promise<readonly WireEvent[]>;
}
