import type { RoomId, UserId } from "../../../../../federation/identifiers/identifier-types.ts";
import type { Clock } from "../../ports.ts";
import type { ReadEvent } from "../open-events.ts";
import type { SeenMessages } from "../seen-messages.ts";
import { readMessage } from "./read-message.ts";

export interface ListenParts {
	readonly ownId: UserId;
	readonly seen: SeenMessages;
	readonly clock: Clock;
	/** Somebody spoke to it just now. */
	onAsked(roomId: RoomId, event: ReadEvent, body: string): void;
}

export interface Listener {
	hear(roomId: RoomId, event: ReadEvent, isOld: boolean): void;
	/** It said this itself. */
	noteOwn(eventId: string): void;
}

/** What was asked longer ago is of a time in which it was not there. */
const freshMs = 120_000;
/** Its own messages that are remembered, to know answers to them. */
const mostOwn = 1_000;

/** Remembers what is written, and finds out when the assistant is spoken to: by a mention, or by a reply to what it said. */
export const createListener = ({ ownId, seen, clock, onAsked }: ListenParts): Listener => {
	const own = new Set<string>();
	const noteOwn = (eventId: string): void => {
		own.add(eventId);
		for (const oldest of own) {
			if (own.size <= mostOwn) break;
			own.delete(oldest);
		}
	};
	const isSpokenTo = ({ relation }: ReadEvent, mentions: readonly string[]): boolean =>
		mentions.includes(ownId) || (relation?.kind === "reply" && own.has(relation.eventId));
	const hearMessage = (roomId: RoomId, event: ReadEvent, isOld: boolean): void => {
		const message = readMessage(event);
		// Nobody vouches for it: it may be the server's own making.
		if (message === undefined || !event.isVouched) return;
		const { relation, sender, eventId, at } = event;
		const { body, isAutomatic, mentions } = message;
		if (sender === ownId) noteOwn(eventId);
		else if (relation?.kind === "edit") seen.edit(roomId, { eventId: relation.eventId, sender, body });
		else {
			seen.note(roomId, { eventId, sender, at, body });
			const isFresh = !isOld && clock.now() - at < freshMs;
			if (!isAutomatic && isFresh && isSpokenTo(event, mentions)) onAsked(roomId, event, body);
		}
	};
	return {
		noteOwn,
		hear: (roomId, event, isOld) => {
			if (event.relation?.kind === "redaction") seen.remove(roomId, event.relation.eventId);
			else hearMessage(roomId, event, isOld);
		},
	};
};
