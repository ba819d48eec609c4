import type { Branded } from "./brand.ts";

/** `$` and 43 characters of unpadded URL-safe base64 (room versions 4 and later). Matrix v1.19 appendices, "Event IDs". */
export type EventId = Branded<"EventId">;
/** `!opaque:server`, or from room version 12 `!` and the reference hash of the create event. */
export type RoomId = Branded<"RoomId">;
/** `@localpart:server`. */
export type UserId = Branded<"UserId">;
/** `#localpart:server`. */
export type RoomAlias = Branded<"RoomAlias">;
/** A DNS name, IPv4 or bracketed IPv6 literal, with an optional port. Matrix v1.19 appendices, "Server Name". */
export type ServerName = Branded<"ServerName">;
/** `ed25519:version`. */
export type KeyId = Branded<"KeyId">;
