import * as z from "zod";
import { wireRoomId, wireUserId } from "./identifiers.ts";
import { wireRoomKind } from "./room.ts";

const dayMs = 86_400_000;

/** A picture of more bytes is not shown to strangers. */
export const invitePictureBytes = 100_000;

/** What stands behind the `#` of an invite link. */
const token = z
	.string()
	.min(16)
	.max(64)
	.regex(/^[\w-]+$/);
const linkId = z.string().min(1).max(32);

export const createInviteLinkInput = z.object({
	roomId: wireRoomId,
	/** Absent: as often as people like. */
	usesAllowed: z.int().min(1).max(1000).optional(),
	/** Absent: it never ends. */
	expiresInMs: z
		.int()
		.min(60_000)
		.max(365 * dayMs)
		.optional(),
	/** Lets people make an account with it where registration takes a token: for the server's owner alone. */
	bringsNewPeople: z.boolean().default(false),
});
/** The secret is answered this once. */
export const createInviteLinkOutput = z.object({ id: linkId, token });
export const revokeInviteLinkInput = z.object({ roomId: wireRoomId, linkId });
export const wireInviteLink = z.object({
	id: linkId,
	creatorId: wireUserId,
	creatorName: z.string(),
	usesAllowed: z.int().optional(),
	usesCount: z.int(),
	createdAt: z.number(),
	expiresAt: z.number().optional(),
	bringsNewPeople: z.boolean(),
	/** False while its maker may not invite: then the link lets nobody in. */
	isWorking: z.boolean(),
	canRevoke: z.boolean(),
});
export const inviteLinksOutput = z.object({ items: z.array(wireInviteLink) });
export const inviteTokenInput = z.object({ token });
/** What the page behind a link shows, to anybody who has it. */
export const wireInvitePreview = z.object({
	kind: wireRoomKind,
	name: z.string().optional(),
	topic: z.string().optional(),
	avatarUrl: z.string().optional(),
	/** The picture itself, for who is not signed in and may ask for no address. */
	picture: z
		.base64()
		.max(invitePictureBytes * 2)
		.optional(),
	joinedCount: z.int(),
	inviter: z.object({ userId: wireUserId, displayName: z.string() }),
	bringsNewPeople: z.boolean(),
	/** What the reader is to the room; `stranger`: not signed in. */
	standing: z.enum(["stranger", "none", "join", "ban"]),
});

export type WireInviteLink = z.infer<typeof wireInviteLink>;
export type WireInvitePreview = z.infer<typeof wireInvitePreview>;
