import * as z from "zod";
import { wireEvent } from "./event.ts";
import { wirePosition, wireRoomAlias, wireRoomId, wireUserId } from "./identifiers.ts";

/** What a person may be in a room. Owners are the creators of a version 12 room: above every level, never demoted. */
export const wireRole = z.enum(["owner", "admin", "moderator", "member"]);
export const wireMembership = z.enum(["invite", "join", "knock", "leave", "ban"]);
export const wireJoinRule = z.enum(["public", "invite", "knock", "restricted", "knock_restricted", "private"]);
/** What newcomers may see of the past. */
export const wireHistoryVisibility = z.enum(["world_readable", "shared", "invited", "joined"]);
/** `space`: a room that gathers others, and in which nobody writes. */
export const wireRoomKind = z.enum(["direct", "group", "public", "space"]);

/** A person as the room shows them. */
export const wireMember = z.object({
	userId: wireUserId,
	displayName: z.string(),
	avatarUrl: z.string().optional(),
	membership: wireMembership,
	role: wireRole,
});

/** Somebody as others see them. */
export const wirePerson = z.object({ userId: wireUserId, displayName: z.string(), avatarUrl: z.string().optional() });

/** How the messages of a room are encrypted. Once it is there it stays. Matrix v1.19 Client-Server API, "m.room.encryption". */
export const wireRoomEncryption = z.object({
	algorithm: z.string(),
	/** What newcomers may see of the past, and by that who is given the keys of a message. */
	historyVisibility: wireHistoryVisibility,
	/** After so many milliseconds, or messages, a session is not used any more; absent: the client decides. */
	rotationPeriodMs: z.int().positive().optional(),
	rotationPeriodMsgs: z.int().positive().optional(),
});

/** One row of the chat list. */
export const wireRoomSummary = z.object({
	roomId: wireRoomId,
	kind: wireRoomKind,
	/** The room's name; for a nameless room the client shows `heroes`. */
	name: z.string().optional(),
	topic: z.string().optional(),
	avatarUrl: z.string().optional(),
	/** A room without a name: up to five other members, oldest first, who name it. With one: who wrote last, if not the reader. */
	heroes: z.array(wirePerson),
	joinedCount: z.int(),
	invitedCount: z.int(),
	membership: wireMembership,
	/** Who invited the reader, while `membership` is `invite`. */
	invitedBy: wireUserId.optional(),
	/** The reader asked to join, and was refused. */
	wasRefused: z.literal(true).optional(),
	/** How many ask to be let in, for whoever may let them in; absent: nobody does, or that is not theirs to know. At most 100. */
	knockCount: z.int().optional(),
	/** Sorts the chat list, newest first. */
	lastPosition: wirePosition,
	/** The newest message the reader may see. */
	lastMessage: wireEvent.optional(),
	/** Messages after the reader's own read position: exact while messages are readable by the server, else a hint. */
	unreadCount: z.int(),
	mentionCount: z.int(),
	/** The reader's own read position (public or private, whichever is later). */
	readPosition: wirePosition.optional(),
	/** The room that replaced this one. */
	replacementRoomId: wireRoomId.optional(),
	/** Absent: messages are readable by the servers of the room. */
	encryption: wireRoomEncryption.optional(),
});

/** How far others have come: what turns into ticks. */
export const wireRoomProgress = z.object({
	/** Public read receipts of the other members. */
	reads: z.array(z.object({ userId: wireUserId, position: wirePosition, ts: z.number() })),
	/** Every other local member has a device that acknowledged the stream up to here. */
	deliveredPosition: wirePosition.optional(),
});

/** What the reader may do here, computed by the authorization rules. */
export const wireRoomPermissions = z.object({
	send: z.boolean(),
	invite: z.boolean(),
	kick: z.boolean(),
	ban: z.boolean(),
	redactOthers: z.boolean(),
	setName: z.boolean(),
	setTopic: z.boolean(),
	setAvatar: z.boolean(),
	setRoles: z.boolean(),
	setJoinRule: z.boolean(),
	setHistoryVisibility: z.boolean(),
	setAliases: z.boolean(),
	enableEncryption: z.boolean(),
	upgrade: z.boolean(),
	/** Of a space: putting rooms into it and taking them out. */
	addRooms: z.boolean(),
});

/** Everything the information pane of a room shows besides its members. */
export const wireRoomDetails = z.object({
	summary: wireRoomSummary,
	version: z.string(),
	/** The version that an upgrade leads to. */
	upgradeVersion: z.string(),
	/** The room that this one replaced. */
	predecessorRoomId: wireRoomId.optional(),
	/** Servers to ask about it, where this one does not have it. */
	predecessorVia: z.array(z.string()).optional(),
	joinRule: wireJoinRule,
	historyVisibility: wireHistoryVisibility,
	aliases: z.array(wireRoomAlias),
	ownRole: wireRole,
	permissions: wireRoomPermissions,
	/** Present while most members are not known yet; `isFailing`: they were asked for in vain, and will be again. */
	membersArriving: z.object({ isFailing: z.boolean() }).optional(),
	progress: wireRoomProgress,
});

export type WireJoinRule = z.infer<typeof wireJoinRule>;
export type WireRole = z.infer<typeof wireRole>;
export type WireMembership = z.infer<typeof wireMembership>;
export type WireRoomKind = z.infer<typeof wireRoomKind>;
export type WireMember = z.infer<typeof wireMember>;
export type WireRoomEncryption = z.infer<typeof wireRoomEncryption>;
export type WireRoomSummary = z.infer<typeof wireRoomSummary>;
export type WireRoomProgress = z.infer<typeof wireRoomProgress>;
export type WireRoomDetails = z.infer<typeof wireRoomDetails>;
