import * as z from "zod";
import { wireRoomId, wireUserId } from "./identifiers.ts";

export const blockInput = z.object({ userId: wireUserId });
/** Somebody whose invitations the reader does not get. */
export const wireBlockedPerson = z.object({
	userId: wireUserId,
	/** Milliseconds since the Unix epoch, as the other times. */
	since: z.number(),
});
export const blockedOutput = z.object({ items: z.array(wireBlockedPerson) });
export const reportPersonInput = z.object({
	userId: wireUserId,
	/** The invitation that it is about. */
	roomId: wireRoomId.optional(),
	words: z.string().trim().max(1000).default(""),
});
const reportId = z.string().max(20).regex(/^\d+$/);
export const reportInput = z.object({ id: reportId });
/** A report as the owner reads it. */
export const wireReport = z.object({
	id: reportId,
	reporterId: wireUserId,
	reporterName: z.string(),
	subjectId: wireUserId,
	roomId: wireRoomId.optional(),
	/** As the room was called when it was reported. */
	roomName: z.string().optional(),
	words: z.string(),
	createdAt: z.number(),
	/** When the owner had seen to it. */
	settledAt: z.number().optional(),
});
export const reportsOutput = z.object({ items: z.array(wireReport) });

export type WireReport = z.infer<typeof wireReport>;
