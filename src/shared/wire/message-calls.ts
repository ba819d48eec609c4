import * as z from "zod";
import { wireMediaUrl, wireReason } from "./call-fields.ts";
import { wireEncryptedContent } from "./encrypted-content.ts";
import { wireEvent } from "./event.ts";
import { wireEventId, wirePosition, wireRoomId, wireTransactionId, wireUserId } from "./identifiers.ts";
import { wirePictureInfo } from "./picture-info.ts";
import { unreadableReasons } from "./unreadable-reasons.ts";

/** The text of a message: at most 20,000 UTF-16 units, so that the event stays below 65,536 bytes in any script. */
const body = z.string().min(1).max(20_000);

export const sendInput = z.object({
	roomId: wireRoomId,
	transactionId: wireTransactionId,
	body,
	replyTo: wireEventId.optional(),
	/** People whom the message mentions; they get a mention badge. */
	mentions: z.array(wireUserId).max(50).optional(),
	/** Written by no person: nothing answers it by itself. */
	isAutomatic: z.literal(true).optional(),
});
/** A message, a reply or an edit of which the server learns nothing but what it relates to. */
export const sendEncryptedInput = z.object({
	roomId: wireRoomId,
	transactionId: wireTransactionId,
	content: wireEncryptedContent,
	/** Own files to which what is encrypted refers: the server keeps them for as long as the event. */
	media: z.array(wireMediaUrl).max(4).optional(),
});
/** A picture that the servers of the room can see. What its bytes are is looked at by whoever shows it. */
export const sendPictureInput = sendInput.omit({ isAutomatic: true }).extend({
	/** Of an own file. */
	url: wireMediaUrl,
	/** `body` is a caption where it says something else. */
	filename: z.string().min(1).max(255),
	info: wirePictureInfo,
});
export const editInput = z.object({
	roomId: wireRoomId,
	transactionId: wireTransactionId,
	targetEventId: wireEventId,
	body,
});
export const reactInput = z.object({
	roomId: wireRoomId,
	transactionId: wireTransactionId,
	targetEventId: wireEventId,
	/** The emoji or short text. */
	key: z.string().min(1).max(64),
});
export const redactInput = z.object({
	roomId: wireRoomId,
	transactionId: wireTransactionId,
	targetEventId: wireEventId,
	reason: wireReason,
});
/** What a stored event is acknowledged with: it is on disk. */
export const sentOutput = z.object({ eventId: wireEventId, position: wirePosition, originServerTs: z.number() });
export const pageInput = z.object({
	roomId: wireRoomId,
	direction: z.enum(["backwards", "forwards"]),
	/** Exclusive; absent: from the newest (backwards) or the oldest (forwards) event. */
	cursor: wirePosition.optional(),
	limit: z.int().min(1).max(200).default(50),
	/** True: servers that did not answer a moment ago are asked all the same. */
	isRetry: z.boolean().optional(),
});
/** Edits and reactions up to here are folded into the items; later ones come through sync and are applied on top. */
const asOf = wirePosition;
/** `items` in stream order, oldest first, whatever the direction. */
export const pageOutput = z.object({
	items: z.array(wireEvent),
	nextCursor: wirePosition.optional(),
	asOf,
	/** Present where this server's copy ends: the servers that the next page asks. */
	olderFrom: z.array(z.string()).optional(),
});
export const atDateInput = z.object({
	roomId: wireRoomId,
	/** The beginning of the day where the reader is, in milliseconds since the Unix epoch. */
	ts: z.int().min(0).max(8_640_000_000_000),
});
/** The first message of that day or after it, else the last one before it. */
export const atDateOutput = z.object({ eventId: wireEventId });
export const aroundInput = z.object({
	roomId: wireRoomId,
	eventId: wireEventId,
	limit: z.int().min(1).max(100).default(30),
});
export const aroundOutput = z.object({
	items: z.array(wireEvent),
	olderCursor: wirePosition.optional(),
	newerCursor: wirePosition.optional(),
	asOf,
});
export const markReadInput = z.object({
	roomId: wireRoomId,
	eventId: wireEventId,
	/** `private`: moves the own badge, is shown to nobody. */
	kind: z.enum(["public", "private"]),
});
export const readersInput = z.object({ roomId: wireRoomId, eventId: wireEventId });
/** How far one of the others has come with a message. */
export const wireReader = z.object({
	userId: wireUserId,
	displayName: z.string(),
	state: z.enum(["sent", "delivered", "read"]),
	/** When they read on, at this message or behind it. */
	readTs: z.number().optional(),
	/** True: the time is that of this very message, not of a later one. */
	isExact: z.boolean().optional(),
});
/** Another server that does not have the message yet. */
export const wireWaitedServer = z.object({
	serverName: z.string(),
	/** Since when it is not reached; absent: it is about to get it. */
	failingSince: z.number().optional(),
});
/** At most 200 people, those who have read it first, and 100 servers, those that fail first. */
export const readersOutput = z.object({ items: z.array(wireReader), servers: z.array(wireWaitedServer) });
export type WireWaitedServer = z.infer<typeof wireWaitedServer>;
export type WireReader = z.infer<typeof wireReader>;
/** Messages that a device could not read, each once, by why: neither whose nor which. */
export const reportUnreadableInput = z.object({
	counts: z
		.array(z.strictObject({ reason: z.enum(unreadableReasons), count: z.int().min(1).max(1_000) }))
		.min(1)
		.max(unreadableReasons.length),
});
export const acknowledgeInput = z.object({ position: wirePosition });
