import * as z from "zod";

/** `@localpart:server`, at most 255 bytes; the server checks the exact grammar. */
export const wireUserId = z.string().min(3).max(255).startsWith("@");
/** `!opaque` or `!opaque:server`. */
export const wireRoomId = z.string().min(2).max(255).startsWith("!");
/** `$` and the reference hash. */
export const wireEventId = z.string().min(2).max(255).startsWith("$");
/** `#localpart:server`. */
export const wireRoomAlias = z.string().min(4).max(255).startsWith("#");
/** Chosen by the client, unique per person and room: a retry with the same id returns the first answer. */
export const wireTransactionId = z
	.string()
	.min(1)
	.max(64)
	.regex(/^[\w.~-]+$/);
/** A position in this server's stream, as decimal digits: only compared and handed back, never calculated with. */
export const wirePosition = z
	.string()
	.max(20)
	.regex(/^-?\d+$/);
