import * as z from "zod";
import { wireAccountData } from "./account-data.ts";
import { wireEvent } from "./event.ts";
import { wirePosition, wireRoomId, wireUserId } from "./identifiers.ts";
import { wirePerson, wireRoomProgress, wireRoomSummary } from "./room.ts";

/** A page's name for itself, among the pages of one session. */
export const wireClientId = z
	.string()
	.min(1)
	.max(40)
	.regex(/^[\w-]+$/);

/** What the subscription is asked for. `lastEventId` is the token of the last item a client has applied. */
export const wireSyncInput = z.object({
	lastEventId: wirePosition.nullish(),
	/** How many rooms of the chat list, newest first, a start brings: by default what fills a screen. */
	windowSize: z.int().min(1).max(100).default(15),
	/** How many events of each room a start brings. */
	timelineLimit: z.int().min(1).max(50).default(10),
	/**
	 * What a crypto engine needs comes with the items, for the one device of the session; absent: nothing of it. The
	 * position is that of the newest message to the device that it has processed and kept: those up to it are let go.
	 */
	keys: z.object({ toDevicePosition: wirePosition.optional() }).optional(),
	/** Chosen by the page: by it `sync.setActive` names this subscription. */
	clientId: wireClientId.optional(),
});

/** What changed in one room. */
export const wireRoomDelta = z.object({
	roomId: wireRoomId,
	/** The whole new row of the chat list; absent when only progress changed. */
	summary: wireRoomSummary.optional(),
	/** New events in stream order, oldest first. Edits, reactions and redactions come as events of their own. */
	events: z.array(wireEvent),
	/** True: events between what the client has and `events[0]` were left out; page backwards from `olderCursor`. */
	/** Who wrote these events, as far as the row does not say it. */
	senders: z.array(wirePerson).optional(),
	isLimited: z.boolean(),
	olderCursor: wirePosition.optional(),
	progress: wireRoomProgress.partial().optional(),
});

/** Who is writing in a room now; nobody: an empty list. The reader may be among them. */
export const wireTyping = z.object({ roomId: wireRoomId, userIds: z.array(wireUserId) });

/** Whether a person is there. */
export const wirePresence = z.object({
	userId: wireUserId,
	isOnline: z.boolean(),
	/** When they last were, in milliseconds since the Unix epoch, to the minute; absent: not known, or not told. */
	lastSeenTs: z.int().optional(),
});

/** What is for a device and its crypto engine: to be processed as a whole, and before the rooms of the same item. */
export const wireDeviceNews = z.object({
	/** In their order, at most a hundred; more come with items of their own. Two subscriptions may bring the same: by its position. */
	toDevice: z.array(
		z.object({
			position: wirePosition,
			sender: z.string(),
			type: z.string(),
			content: z.record(z.string(), z.unknown()),
		}),
	),
	/** That of the last message above: to be acknowledged by `toDevice.acknowledge` when all of them are processed. */
	toDevicePosition: wirePosition.optional(),
	/** Whose devices changed, or are new to the reader. */
	changed: z.array(z.string()),
	/** Who shares no room with the reader any more. */
	left: z.array(z.string()),
	/** What is left to hand out, by algorithm, and which fallback keys nobody got yet. */
	oneTimeKeyCounts: z.record(z.string(), z.int()),
	unusedFallbackKeys: z.array(z.string()),
	/** So many messages in all never came to the device, since too many waited. It only grows. */
	droppedToDevice: z.int().optional(),
});
const keys = wireDeviceNews.optional();

/** The newest content of each type that changed; with a start, of every type. */
const accountData = z.array(wireAccountData).optional();

/**
 * One item of the sync subscription; its tracked id is the stream position up to which the client is complete.
 * `start`: forget what you had, this is the window of the list. `changes`: apply on top. `ephemeral`: holds for now and
 * is kept nowhere; a slow client may miss some.
 */
export const wireSyncItem = z.discriminatedUnion("kind", [
	z.object({
		kind: z.literal("start"),
		rooms: z.array(wireRoomDelta),
		/** Where the next page of the chat list begins; absent when the window holds every room. */
		nextCursor: wirePosition.optional(),
		accountData,
		keys,
	}),
	z.object({
		kind: z.literal("changes"),
		rooms: z.array(wireRoomDelta),
		removedRoomIds: z.array(wireRoomId),
		accountData,
		keys,
	}),
	z.object({
		kind: z.literal("ephemeral"),
		typing: z.array(wireTyping),
		presence: z.array(wirePresence),
		/** True: some were left out before these; forget who was writing. */
		isPartial: z.boolean(),
	}),
]);

export const setTypingInput = z.object({ roomId: wireRoomId, isTyping: z.boolean() });
export const setActiveInput = z.object({
	clientId: wireClientId,
	/** False: the page is open, but nobody is looking at it. */
	isActive: z.boolean(),
});

export type WireSyncInput = z.infer<typeof wireSyncInput>;
export type WireRoomDelta = z.infer<typeof wireRoomDelta>;
export type WireSyncItem = z.infer<typeof wireSyncItem>;
export type WireDeviceNews = z.infer<typeof wireDeviceNews>;
export type WireTyping = z.infer<typeof wireTyping>;
export type WirePresence = z.infer<typeof wirePresence>;
/** An item of what happened in the stream. */
export type WireStreamItem = Exclude<WireSyncItem, { readonly kind: "ephemeral" }>;
/** An item of what holds for now. */
export type WireEphemeralItem = Extract<WireSyncItem, { readonly kind: "ephemeral" }>;
