import { z } from "zod";
import { wireEvent } from "./event.ts";
import { wireEventId, wirePosition, wireRoomAlias, wireRoomId, wireTransactionId, wireUserId } from "./identifiers.ts";
import { wireMember, wireRole, wireRoomKind, wireRoomSummary } from "./room.ts";

const name = z.string().trim().min(1).max(120);
const topic = z.string().trim().max(2000);
const reason = z.string().trim().max(500).optional();
/** The text of a message: at most 20,000 UTF-16 units, so that the event stays below 65,536 bytes in any script. */
const body = z.string().min(1).max(20_000);

export const registerInput = z.object({
	/** Lower case letters, digits and `._=-/+`; becomes `@localpart:server`. */
	localpart: z.string().min(1).max(64),
	displayName: name,
	password: z.string().min(1).max(512),
	registrationToken: z.string().min(8).max(128).optional(),
});
export const registrationPolicyOutput = z.object({
	serverName: z.string(),
	registration: z.enum(["open", "token", "closed"]),
	/** True until the owner's account exists: the first account needs the one-time link. */
	needsOwner: z.boolean(),
	passwordMinLength: z.int(),
});
export const meOutput = z.object({
	userId: wireUserId,
	displayName: z.string(),
	isOwner: z.boolean(),
	deviceId: z.string(),
	serverName: z.string(),
});
export const personOutput = z.object({ userId: wireUserId, displayName: z.string() });

export const createRoomInput = z.object({
	transactionId: wireTransactionId,
	kind: wireRoomKind,
	name: name.optional(),
	topic: topic.optional(),
	inviteeIds: z.array(wireUserId).max(100).default([]),
	/** For a public room: the part of the alias before the colon. */
	aliasLocalpart: z.string().min(1).max(128).optional(),
});
export const roomInput = z.object({ roomId: wireRoomId });
export const roomIdOutput = z.object({ roomId: wireRoomId });
export const joinInput = z.object({ room: z.union([wireRoomId, wireRoomAlias]) });
export const memberActionInput = z.object({ roomId: wireRoomId, userId: wireUserId, reason });
export const leaveInput = z.object({ roomId: wireRoomId, reason });
export const setRoleInput = z.object({
	roomId: wireRoomId,
	userId: wireUserId,
	/** "owner" cannot be given: handing over is a room upgrade. */
	role: wireRole.exclude(["owner"]),
});
export const setNameInput = z.object({ roomId: wireRoomId, name });
export const setTopicInput = z.object({ roomId: wireRoomId, topic });
export const setAvatarInput = z.object({ roomId: wireRoomId, avatarUrl: z.string().startsWith("mxc://").max(255) });
export const setJoinRuleInput = z.object({ roomId: wireRoomId, joinRule: z.enum(["public", "invite"]) });
export const setHistoryVisibilityInput = z.object({
	roomId: wireRoomId,
	historyVisibility: z.enum(["world_readable", "shared", "invited", "joined"]),
});
export const aliasInput = z.object({ roomId: wireRoomId, alias: wireRoomAlias });
export const upgradeInput = z.object({
	roomId: wireRoomId,
	version: z.string().max(32),
	/** Members who become owners of the new room beside the one who upgrades: how a room is handed over. */
	ownerIds: z.array(wireUserId).max(20).default([]),
});
export const membersInput = z.object({
	roomId: wireRoomId,
	cursor: z.string().max(400).optional(),
	limit: z.int().min(1).max(500).default(200),
});
export const membersOutput = z.object({ items: z.array(wireMember), nextCursor: z.string().optional() });
export const roomListInput = z.object({ cursor: wirePosition.optional(), limit: z.int().min(1).max(100).default(50) });
export const roomListOutput = z.object({ items: z.array(wireRoomSummary), nextCursor: wirePosition.optional() });

export const sendInput = z.object({
	roomId: wireRoomId,
	transactionId: wireTransactionId,
	body,
	replyTo: wireEventId.optional(),
	/** People whom the message mentions; they get a mention badge. */
	mentions: z.array(wireUserId).max(50).optional(),
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
	reason,
});
/** What a stored event is acknowledged with: it is on disk. */
export const sentOutput = z.object({ eventId: wireEventId, position: wirePosition, originServerTs: z.number() });
export const pageInput = z.object({
	roomId: wireRoomId,
	direction: z.enum(["backwards", "forwards"]),
	/** Exclusive; absent: from the newest (backwards) or the oldest (forwards) event. */
	cursor: wirePosition.optional(),
	limit: z.int().min(1).max(200).default(50),
});
/** Edits and reactions up to here are folded into the items; later ones come through sync and are applied on top. */
const asOf = wirePosition;
/** `items` in stream order, oldest first, whatever the direction. */
export const pageOutput = z.object({ items: z.array(wireEvent), nextCursor: wirePosition.optional(), asOf });
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
export const acknowledgeInput = z.object({ position: wirePosition });
/** The answer of calls that have nothing to say beyond "it is on disk". */
export const doneOutput = z.object({ done: z.literal(true) });
