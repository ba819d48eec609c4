import { z } from "zod";
import { wireEvent } from "./event.ts";
import { wirePosition, wireRoomId } from "./identifiers.ts";
import { wireRoomProgress, wireRoomSummary } from "./room.ts";

/** What the subscription is asked for. `lastEventId` is the token of the last item a client has applied. */
export const wireSyncInput = z.object({
	lastEventId: wirePosition.nullish(),
	/** How many rooms of the chat list, newest first, a start brings: by default what fills a screen. */
	windowSize: z.int().min(1).max(100).default(15),
	/** How many events of each room a start brings. */
	timelineLimit: z.int().min(1).max(50).default(10),
});

/** What changed in one room. */
export const wireRoomDelta = z.object({
	roomId: wireRoomId,
	/** The whole new row of the chat list; absent when only progress changed. */
	summary: wireRoomSummary.optional(),
	/** New events in stream order, oldest first. Edits, reactions and redactions come as events of their own. */
	events: z.array(wireEvent),
	/** True: events between what the client has and `events[0]` were left out; page backwards from `olderCursor`. */
	isLimited: z.boolean(),
	olderCursor: wirePosition.optional(),
	progress: wireRoomProgress.partial().optional(),
});

/**
 * One item of the sync subscription; its tracked id is the stream position up to which the client is complete.
 * `start`: forget what you had, this is the window of the list. `changes`: apply on top.
 */
export const wireSyncItem = z.discriminatedUnion("kind", [
	z.object({
		kind: z.literal("start"),
		rooms: z.array(wireRoomDelta),
		/** Where the next page of the chat list begins; absent when the window holds every room. */
		nextCursor: wirePosition.optional(),
	}),
	z.object({ kind: z.literal("changes"), rooms: z.array(wireRoomDelta), removedRoomIds: z.array(wireRoomId) }),
]);

export type WireSyncInput = z.infer<typeof wireSyncInput>;
export type WireRoomDelta = z.infer<typeof wireRoomDelta>;
export type WireSyncItem = z.infer<typeof wireSyncItem>;
