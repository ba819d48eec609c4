import * as z from "zod";
import { wireEventId, wirePosition, wireTransactionId, wireUserId } from "./identifiers.ts";

/** One reaction on a message: the key, how many people chose it, and whether the reader is one of them. */
export const wireReaction = z.object({
	key: z.string(),
	count: z.int().positive(),
	/** The reader's own reaction event, by which it is taken back. */
	ownEventId: wireEventId.optional(),
});

/**
 * An event as its reader may see it. `content` is the content of the newest edit where there is one, unless that is
 * encrypted: then it comes beside it, since only the reader can tell what it says. A redacted event keeps what the redaction rules of its room version keep. Matrix v1.19 Client-Server API, "Room event format".
 */
export const wireEvent = z.object({
	eventId: wireEventId,
	type: z.string(),
	sender: wireUserId,
	stateKey: z.string().optional(),
	content: z.record(z.string(), z.unknown()),
	/** Milliseconds since the Unix epoch, as the sending server claims. */
	originServerTs: z.number(),
	position: wirePosition,
	/** Only on the reader's own events: the id their client chose. */
	transactionId: wireTransactionId.optional(),
	/** Of a member event: what the one before it said of the same person. Matrix: `prev_content`. */
	previousContent: z.record(z.string(), z.unknown()).optional(),
	/** Set when the event was deleted. */
	redactedBy: wireUserId.optional(),
	/** When the newest edit that `content` shows was made; absent: it shows none. */
	editedTs: z.number().optional(),
	/** The event this one replies to, reacts to, edits, deletes or goes on from. */
	relatesTo: z
		.object({ eventId: wireEventId, kind: z.enum(["reply", "reaction", "edit", "redaction", "reference"]) })
		.optional(),
	/** The newest edit, where it is encrypted. */
	encryptedEdit: z
		.object({ eventId: wireEventId, originServerTs: z.number(), content: z.record(z.string(), z.unknown()) })
		.optional(),
	/** Reactions gathered on this event. */
	reactions: z.array(wireReaction).optional(),
});

export type WireEvent = z.infer<typeof wireEvent>;
export type WireReaction = z.infer<typeof wireReaction>;
