/**
 * Event ids of room version 4 and later: the reference hash in URL-safe unpadded base64.
 * Source: Matrix v1.19, "Room Versions", version 4, "Event IDs".
 */
import type { EventId } from "./identifier-types.ts";

const hashedEventId = /^\$[0-9A-Za-z_-]{43}$/;

/** Parses `$` and the 43 characters of a SHA-256 hash. */
export const parseEventId = (text: string): EventId | undefined =>
	hashedEventId.test(text) ? (text as EventId) : undefined;
