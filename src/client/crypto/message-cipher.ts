/**
 * The one place between what people write and what the server gets to see. Everything that leaves passes `encrypt`,
 * everything that arrives passes `decrypt`, before anything else of the client looks at it.
 */
import type { WireEvent } from "../../shared/wire/event.ts";

/** The words of a message, with the room whose members may read them. */
export interface Words {
	readonly roomId: string;
	readonly body: string;
}

/** An event with the room it came from. */
export interface ReceivedEvent {
	readonly roomId: string;
	readonly event: WireEvent;
}

export interface MessageCipher {
	/** Whether what is sealed can be opened: keys that come are then waited for, and otherwise nothing is. */
	isReady(): boolean;
	/** Makes words ready to leave. Called for each attempt to send, so that a retry is for the members of its own moment. */
	encrypt(words: Words): Promise<Words>;
	/** The readable events of a batch, in the batch's order and number. */
	decrypt(batch: readonly ReceivedEvent[]): Promise<readonly WireEvent[]>;
}

/** Words travel as they are: the server can read them. */
export const plainCipher: MessageCipher = {
	isReady: () => true,
	encrypt: async (words) => words,
	decrypt: async (batch) => batch.map(({ event }) => event),
};
