import type { RoomId } from "../../../../federation/identifiers/identifier-types.ts";

/** A message as the assistant read it. */
export interface SeenMessage {
	readonly eventId: string;
	readonly sender: string;
	/** Milliseconds since the Unix epoch, as its server claims. */
	readonly at: number;
	readonly body: string;
}

/** What the assistant saw in rooms: in this process's memory alone, and the newest of it. */
export interface SeenMessages {
	note(roomId: RoomId, message: SeenMessage): void;
	/** It reads otherwise now. Only its writer may change it. */
	edit(roomId: RoomId, edit: Pick<SeenMessage, "eventId" | "sender" | "body">): void;
	remove(roomId: RoomId, eventId: string): void;
	/** The oldest first. */
	of(roomId: RoomId): readonly SeenMessage[];
	forget(roomId: RoomId): void;
}

const mostOfRoom = 500;
const mostCharactersOfRoom = 200_000;
const mostCharacters = 8_000_000;
/** Beyond this a message is no longer what anybody asks about. */
const longestMessage = 8_000;

export const createSeenMessages = (): SeenMessages => {
	const rooms = new Map<RoomId, SeenMessage[]>();
	let characters = 0;
	const drop = (messages: SeenMessage[], at: number): void => {
		for (const { body } of messages.splice(at, 1)) characters -= body.length;
	};
	const put = (messages: SeenMessage[], at: number, message: SeenMessage): void => {
		drop(messages, at);
		messages.splice(at, 0, message);
		characters += message.body.length;
	};
	const forget = (roomId: RoomId): void => {
		for (const { body } of rooms.get(roomId) ?? []) characters -= body.length;
		rooms.delete(roomId);
	};
	return {
		note: (roomId, { body, ...message }) => {
			const messages = rooms.get(roomId) ?? [];
			if (messages.some(({ eventId }) => eventId === message.eventId)) return;
			// The room that was written in last is forgotten last.
			rooms.delete(roomId);
			rooms.set(roomId, messages);
			put(messages, messages.length, { ...message, body: body.slice(0, longestMessage) });
			while (messages.length > mostOfRoom || charactersOf(messages) > mostCharactersOfRoom) drop(messages, 0);
			for (const other of rooms.keys()) {
				if (characters <= mostCharacters || other === roomId) break;
				forget(other);
			}
		},
		edit: (roomId, { eventId, sender, body }) => {
			const messages = rooms.get(roomId) ?? [];
			const at = messages.findIndex((message) => message.eventId === eventId && message.sender === sender);
			const known = messages[at];
			if (known !== undefined) put(messages, at, { ...known, body: body.slice(0, longestMessage) });
		},
		remove: (roomId, eventId) => {
			const messages = rooms.get(roomId) ?? [];
			const at = messages.findIndex((message) => message.eventId === eventId);
			if (at >= 0) drop(messages, at);
		},
		of: (roomId) => [...(rooms.get(roomId) ?? [])],
		forget,
	};
};

const charactersOf = (messages: readonly SeenMessage[]): number =>
	messages.reduce((sum, { body }) => sum + body.length, 0);
