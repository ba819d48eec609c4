/**
 * Room ids in their two forms: `!opaque:server` up to room version 11, and from version 12 the create event's id with
 * `!` for `$`. Source: Matrix v1.19 appendices, "Room IDs".
 */
import { domainOf, isDomainIdentifier } from "./domain-identifier.ts";
import type { EventId, RoomId, ServerName } from "./identifier-types.ts";

const hashedRoomId = /^![0-9A-Za-z_-]{43}$/;

/** Parses a room id of either form. */
export const parseRoomId = (text: string): RoomId | undefined =>
	hashedRoomId.test(text) || isDomainIdentifier(text, "!") ? (text as RoomId) : undefined;

/** True for the form of room version 12: the hash of the create event, without a server. */
export const isHashedRoomId = (roomId: RoomId): boolean => hashedRoomId.test(roomId);

/** The server in the room id; `undefined` for the hashed form, which names none. */
export const roomIdServer = (roomId: RoomId): ServerName | undefined =>
	isHashedRoomId(roomId) ? undefined : domainOf(roomId);

/** The id of the room that a create event of version 12 opens. */
export const roomIdOfCreate = (createEventId: EventId): RoomId => `!${createEventId.slice(1)}` as RoomId;

/** The create event that a hashed room id stands for; `undefined` for ids with a server. */
export const createEventIdOf = (roomId: RoomId): EventId | undefined =>
	isHashedRoomId(roomId) ? (`$${roomId.slice(1)}` as EventId) : undefined;
