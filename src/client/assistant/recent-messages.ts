import { windowStep } from "../../shared/wire/assistant-limits.ts";
import { type Gathered, readerOf, roomNow } from "./gather-messages.ts";
import { type PickedMessage, pickMessages } from "./pick-messages.ts";

/** By room: the message from which its others are counted, so that a window that grows begins where it did. */
const anchors = new Map<string, string>();

export interface RecentMessages extends Gathered {
	/** How many messages of the chat, counted from its anchor and modulo the step, are before the first one. */
	readonly windowOffset: number;
}

/** The newest messages of a chat: twenty to thirty-nine, where there are so many. */
export function recentMessages(roomId: string): RecentMessages {
	const room = roomNow(roomId);
	const picked = pickMessages(room.timeline.events, readerOf(room));
	const known = picked.findIndex(({ message }) => message.eventId === anchors.get(roomId));
	const first = picked[0]?.message.eventId;
	if (known === -1 && first !== undefined) anchors.set(roomId, first);
	return { ...windowOf(picked, Math.max(0, known)), closedCount: 0, isWhole: true };
}

/** The window, whose beginning moves by whole steps along the chat: what a model has read of it is not read again. */
export function windowOf(
	picked: readonly PickedMessage[],
	anchor: number,
): Pick<RecentMessages, "messages" | "windowOffset"> {
	const steps = Math.floor((picked.length - anchor) / windowStep) - 1;
	const start = Math.max(0, anchor + steps * windowStep);
	const windowOffset = (((start - anchor) % windowStep) + windowStep) % windowStep;
	return { messages: picked.slice(start), windowOffset };
}
