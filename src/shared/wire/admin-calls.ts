import * as z from "zod";
import { wireName } from "./call-fields.ts";
import { wireRoomId, wireUserId } from "./identifiers.ts";
import { wireJoinRule, wireRoomKind } from "./room.ts";
import { unreadableReasons } from "./unreadable-reasons.ts";

/** A password, or a token, that is shown this once. */
const secret = z.string().min(8).max(128);
const tokenId = z
	.string()
	.length(16)
	.regex(/^[0-9a-f]+$/);
const dayMs = 86_400_000;

export const adminPeopleInput = z.object({
	text: z.string().max(255).default(""),
	cursor: z.string().max(255).optional(),
	limit: z.int().min(1).max(200).default(50),
});
export const wireAdminPerson = z.object({
	userId: wireUserId,
	localpart: z.string(),
	displayName: z.string(),
	avatarUrl: z.string().optional(),
	isOwner: z.boolean(),
	/** The server's own assistant: nobody signs in as it. */
	isBot: z.boolean(),
	isDisabled: z.boolean(),
	createdAt: z.number(),
	sessionCount: z.int(),
	/** When any device was used last, to the hour. */
	lastSeenAt: z.number().optional(),
});
export const adminPeopleOutput = z.object({ items: z.array(wireAdminPerson), nextCursor: z.string().optional() });
export const addPersonInput = z.object({ localpart: z.string().min(1).max(64), displayName: wireName });
export const addPersonOutput = z.object({ userId: wireUserId, password: secret });
export const adminPersonInput = z.object({ userId: wireUserId });
export const setDisabledInput = z.object({ userId: wireUserId, isDisabled: z.boolean() });
export const newPasswordOutput = z.object({ password: secret });
export const wireAdminToken = z.object({
	id: tokenId,
	usesAllowed: z.int(),
	usesCount: z.int(),
	createdAt: z.number(),
	expiresAt: z.number().optional(),
	/** True: it is the secret of an invite link. */
	isInviteLink: z.boolean(),
});
export const adminTokensOutput = z.object({ items: z.array(wireAdminToken) });
export const createTokenInput = z.object({
	usesAllowed: z.int().min(1).max(1000).default(1),
	/** Absent: it never ends. */
	expiresInMs: z
		.int()
		.min(60_000)
		.max(365 * dayMs)
		.optional(),
});
export const newTokenOutput = z.object({ token: secret });
export const removeTokenInput = z.object({ id: tokenId });
export const wireStatistics = z.object({
	people: z.int(),
	disabledPeople: z.int(),
	/** People with a device that was used in the last seven days. */
	activePeople: z.int(),
	sessions: z.int(),
	rooms: z.int(),
	messages: z.int(),
	/** Messages of the last days in UTC, oldest first. */
	messagesByDay: z.array(z.object({ day: z.string(), count: z.int() })),
	/** What devices could not read in the days up to now, by reason, most often first. */
	unreadable: z.array(z.object({ reason: z.enum(unreadableReasons), count: z.int() })),
	databaseBytes: z.number(),
	postgresVersion: z.string(),
	kithVersion: z.string(),
	nodeVersion: z.string(),
	roomVersion: z.string(),
	/** Devices that follow the stream through the process that answers. */
	connectedDevices: z.int(),
	connectedPeople: z.int(),
	memoryBytes: z.number(),
	startedAt: z.number(),
});
/** A room as the server's owner sees it: what the server knows of it, and nothing that was said there. */
export const wireAdminRoom = z.object({
	roomId: wireRoomId,
	name: z.string().optional(),
	kind: wireRoomKind,
	joinRule: wireJoinRule,
	isEncrypted: z.boolean(),
	/** All people in it, and those of this server among them. */
	joinedCount: z.int(),
	localCount: z.int(),
	messageCount: z.int(),
	/** When the newest message was written. */
	lastMessageAt: z.number().optional(),
	creatorId: z.string(),
	isReplaced: z.boolean(),
});

export type WireAdminRoom = z.infer<typeof wireAdminRoom>;
export type WireAdminPerson = z.infer<typeof wireAdminPerson>;
export type WireAdminToken = z.infer<typeof wireAdminToken>;
export type WireStatistics = z.infer<typeof wireStatistics>;
