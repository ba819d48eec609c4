import * as z from "zod";
import { wireMediaUrl, wireName, wireReason } from "./call-fields.ts";
import { wirePosition, wireRoomAlias, wireRoomId, wireTransactionId, wireUserId } from "./identifiers.ts";
import { wireHistoryVisibility, wireMember, wireMembership, wireRole, wireRoomKind, wireRoomSummary } from "./room.ts";

const topic = z.string().trim().max(2000);

export const createRoomInput = z.object({
	transactionId: wireTransactionId,
	kind: wireRoomKind,
	/** Of a space: everybody may join. */
	isPublic: z.boolean().default(false),
	name: wireName.optional(),
	topic: topic.optional(),
	/** Of a picture that its maker uploaded. */
	avatarUrl: wireMediaUrl.optional(),
	inviteeIds: z.array(wireUserId).max(100).default([]),
	/** Messages are encrypted from the first one on. */
	encryption: z.boolean().default(false),
	/** For a public room: the part of the alias before the colon. */
	aliasLocalpart: z.string().min(1).max(128).optional(),
});
export const roomInput = z.object({ roomId: wireRoomId });
/** `asks`: to be let in, where the new room lets nobody in by themselves. */
export const followUpgradeInput = roomInput.extend({ asks: z.boolean().default(false) });
export const roomIdOutput = z.object({ roomId: wireRoomId });
export const joinInput = z.object({
	room: z.union([wireRoomId, wireRoomAlias]),
	/** Servers that are in the room, where this one is not. */
	via: z.array(z.string().min(1).max(255)).max(10).default([]),
});
/** `via`: as for joining. */
export const knockInput = joinInput.extend({ reason: wireReason });
export const joinProgressInput = z.object({ room: z.union([wireRoomId, wireRoomAlias]) });
/** How far a join through another server has come. */
export const wireJoinProgress = z.object({
	server: z.string(),
	stage: z.enum(["asking", "receiving", "checking"]),
	done: z.int(),
	/** Of how many; absent: not known yet. */
	total: z.int().optional(),
});
/** Of another server. */
export const personElsewhereInput = z.object({ userId: wireUserId });
export const memberActionInput = z.object({ roomId: wireRoomId, userId: wireUserId, reason: wireReason });
export const leaveInput = z.object({ roomId: wireRoomId, reason: wireReason });
export const setRoleInput = z.object({
	roomId: wireRoomId,
	userId: wireUserId,
	/** "owner" cannot be given: handing over is a room upgrade. */
	role: wireRole.exclude(["owner"]),
});
export const setNameInput = z.object({ roomId: wireRoomId, name: wireName });
export const setTopicInput = z.object({ roomId: wireRoomId, topic });
export const setAvatarInput = z.object({ roomId: wireRoomId, avatarUrl: wireMediaUrl.nullable() });
export const setJoinRuleInput = z.object({
	roomId: wireRoomId,
	/** `restricted`: whoever is in one of `allowedRoomIds`, and who is invited. */
	joinRule: z.enum(["public", "knock", "invite", "restricted"]),
	allowedRoomIds: z.array(wireRoomId).max(20).default([]),
});
const serverPatterns = z.array(z.string().min(1).max(255)).max(500);
export const setServerAclInput = z.object({
	roomId: wireRoomId,
	allow: serverPatterns.default(["*"]),
	deny: serverPatterns.default([]),
	allowIpLiterals: z.boolean().default(true),
});
export const setHistoryVisibilityInput = z.object({
	roomId: wireRoomId,
	historyVisibility: wireHistoryVisibility,
});
export const aliasInput = z.object({ roomId: wireRoomId, alias: wireRoomAlias });
export const upgradeInput = z.object({
	roomId: wireRoomId,
	transactionId: wireTransactionId,
	version: z.string().max(32),
	/** Members who become owners of the new room beside the one who upgrades: how a room is handed over. */
	ownerIds: z.array(wireUserId).max(20).default([]),
});
export const membersInput = z.object({
	roomId: wireRoomId,
	/** A part of the name, or the beginning of the id: people who have a role do not lead then. */
	text: z.string().max(255).optional(),
	/** Only people of this membership; absent: all but those who left. */
	membership: wireMembership.exclude(["leave"]).optional(),
	cursor: z.string().max(400).optional(),
	limit: z.int().min(1).max(500).default(200),
});
export const membersOutput = z.object({ items: z.array(wireMember), nextCursor: z.string().optional() });
export const roomListInput = z.object({ cursor: wirePosition.optional(), limit: z.int().min(1).max(100).default(50) });
export const roomListOutput = z.object({ items: z.array(wireRoomSummary), nextCursor: wirePosition.optional() });

export type WireJoinProgress = z.infer<typeof wireJoinProgress>;
