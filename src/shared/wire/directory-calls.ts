import * as z from "zod";
import { wireRoomAlias, wireRoomId } from "./identifiers.ts";
import { wireJoinRule, wireMembership } from "./room.ts";

export const publicRoomsInput = z.object({
	/** A part of the name, the description or an alias; empty: every public room. */
	text: z.string().max(255).default(""),
	cursor: z.string().max(32).optional(),
	limit: z.int().min(1).max(100).default(30),
});
export const publicRoomInput = z.object({ alias: wireRoomAlias });
/** A room as it shows itself to people who are not in it. */
export const wirePublicRoom = z.object({
	roomId: wireRoomId,
	name: z.string().optional(),
	topic: z.string().optional(),
	avatarUrl: z.string().optional(),
	alias: wireRoomAlias.optional(),
	joinedCount: z.int(),
	joinRule: wireJoinRule,
	/** A room that gathers others. */
	isSpace: z.boolean(),
	/** What the reader is to it; absent: they never were in it. */
	membership: wireMembership.optional(),
});
/** A room before one joins it, here or elsewhere; what nobody told is absent. */
export const wireRoomPreview = wirePublicRoom.extend({
	joinedCount: z.int().optional(),
	joinRule: wireJoinRule.optional(),
	/** Servers to join it through; none: it is on this one. */
	via: z.array(z.string()),
});
export const publicRoomsOutput = z.object({ items: z.array(wirePublicRoom), nextCursor: z.string().optional() });

/** Of another server. */
export const publicRoomsElsewhereInput = publicRoomsInput.extend({
	server: z.string().min(1).max(255),
	/** As the page before gave it. */
	cursor: z.string().min(1).max(500).optional(),
	limit: z.int().min(1).max(50).default(30),
});
export const publicRoomsElsewhereOutput = z.object({
	items: z.array(wireRoomPreview),
	nextCursor: z.string().optional(),
});

export const hierarchyInput = z.object({
	roomId: wireRoomId,
	/** Servers that are in the space, where this one is not. */
	via: z.array(z.string().min(1).max(255)).max(10).default([]),
	isSuggestedOnly: z.boolean().default(false),
	/** How many links may lead from the space to a room. */
	maxDepth: z.int().min(0).max(5).default(1),
	cursor: z
		.string()
		.regex(/^\d{1,3}$/)
		.optional(),
	limit: z.int().min(1).max(100).default(50),
});
/** A room in a space, or the space itself. */
export const wireSpaceRoom = wireRoomPreview.extend({
	/** 0: the space that was asked for. */
	depth: z.int(),
	/** The space whose link leads to it. */
	parentId: wireRoomId.optional(),
	/** Whoever looks after that space recommends it. */
	isSuggested: z.boolean(),
});
export const hierarchyOutput = z.object({
	items: z.array(wireSpaceRoom),
	nextCursor: z.string().optional(),
	/** So many rooms are on servers that did not answer. */
	unreachedCount: z.int(),
});
export const addToSpaceInput = z.object({
	spaceId: wireRoomId,
	roomId: wireRoomId,
	/** Whoever is in the space may come into the room. */
	opensToSpace: z.boolean().default(false),
});
export const removeFromSpaceInput = z.object({ spaceId: wireRoomId, roomId: wireRoomId });

export type WireSpaceRoom = z.infer<typeof wireSpaceRoom>;
export type WirePublicRoom = z.infer<typeof wirePublicRoom>;
export type WireRoomPreview = z.infer<typeof wireRoomPreview>;
