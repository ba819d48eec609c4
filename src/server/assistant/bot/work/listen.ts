import type { RoomId, UserId } from "../../../../../federation/identifiers/identifier-types.ts";
import type { Clock } from "../../ports.ts";
import type { ReadEvent } from "../open-events.ts";
import type { SeenMessages } from "../seen-messages.ts";
import { readMessage } from "./read-message.ts";

export interface ListenParts {
	readonly ownId: UserId;
	readonly seen: SeenMessages;
	readonly clock: Clock;
	/** Somebody spoke to it a short while ago. */
	onAsked(roomId: RoomId, event: ReadEvent, body: string): void;
}

export interface Listener {
	hear(roomId: RoomId, event: ReadEvent, isOld: boolean): void;
	/** It said this itself, as an answer to something. */
	noteOwn(eventId: string, answeredId: string | undefined): void;
	/** Whether it answered this already, as far as that was heard. */
	hasAnswered(eventId: string): boolean;
	/** What was asked in the room while it was not there is asked now: whoever has no answer yet may get one. */
	askAgain(roomId: RoomId): void;
}

/** What was asked longer ago nobody waits for any more: a start takes less. */
const freshMs = 600_000;
/** Its own messages that are remembered, to know answers to them. */
const mostOwn = 1_000;

/** Remembers what is written, and finds out when the assistant is spoken to: by a mention, or by a reply to what it said. */
export const createListener = ({ ownId, seen, clock, onAsked }: ListenParts): Listener => {
	/** By what it said, what that answered. */
	const own = new Map<string, string | undefined>();
	const missed = new Map<RoomId, (() => void)[]>();
	const noteOwn = (eventId: string, answeredId: string | undefined): void => {
		own.set(eventId, answeredId);
		for (const oldest of own.keys()) {
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
		if (sender === ownId) noteOwn(eventId, relation?.kind === "reply" ? relation.eventId : undefined);
		else if (relation?.kind === "edit") seen.edit(roomId, { eventId: relation.eventId, sender, body });
		else {
			seen.note(roomId, { eventId, sender, at, body });
			if (isAutomatic || clock.now() - at >= freshMs || !isSpokenTo(event, mentions)) return;
			const ask = (): void => onAsked(roomId, event, body);
			if (isOld) missed.set(roomId, [...(missed.get(roomId) ?? []), ask]);
			else ask();
		}
	};
	return {
		noteOwn,
		hasAnswered: (eventId) => [...own.values()].includes(eventId),
		askAgain: (roomId) => {
			for (const ask of missed.get(roomId) ?? []) ask();
			missed.delete(roomId);
		},
		hear: (roomId, event, isOld) => {
			if (event.relation?.kind === "redaction") seen.remove(roomId, event.relation.eventId);
			else hearMessage(roomId, event, isOld);
		},
	};
};
