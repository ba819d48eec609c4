/** Identifiers for tests: each parser, with an exception where the text is none. */
import { parseEventId } from "../identifiers/event-id.ts";
import type { EventId, KeyId, RoomId, ServerName, UserId } from "../identifiers/identifier-types.ts";
import { parseKeyId } from "../identifiers/key-id.ts";
import { parseRoomId } from "../identifiers/room-id.ts";
import { parseServerName } from "../identifiers/server-name.ts";
import { parseUserId } from "../identifiers/user-id.ts";

const required =
	<Id>(parse: (text: string) => Id | undefined) =>
	(text: string): Id => {
		const id = parse(text);
		if (id === undefined) {
			throw new Error(`the test's ${JSON.stringify(text)} is no identifier of its kind`);
		}
		return id;
	};

/** `!…` or throws. */
export const roomId: (text: string) => RoomId = required(parseRoomId);
/** `@…` or throws. */
export const userId: (text: string) => UserId = required(parseUserId);
/** `$…` or throws. */
export const eventId: (text: string) => EventId = required(parseEventId);
/** A server name or throws. */
export const serverName: (text: string) => ServerName = required(parseServerName);
/** `ed25519:…` or throws. */
export const keyId: (text: string) => KeyId = required(parseKeyId);
