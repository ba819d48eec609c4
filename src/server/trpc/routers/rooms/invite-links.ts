import { doneOutput } from "../../../../shared/wire/call-fields.ts";
import {
	createInviteLinkInput,
	createInviteLinkOutput,
	inviteLinksOutput,
	inviteTokenInput,
	revokeInviteLinkInput,
	wireInvitePreview,
} from "../../../../shared/wire/invite-calls.ts";
import { roomIdOutput, roomInput } from "../../../../shared/wire/room-calls.ts";
import { publicProcedure, sessionProcedure } from "../../procedures.ts";
import { roomIdOf } from "../parse-identifiers.ts";

export const createInviteLink = sessionProcedure
	.input(createInviteLinkInput)
	.output(createInviteLinkOutput)
	.mutation(({ ctx, input }) => {
		const { userId, isOwner } = ctx.viewer;
		return ctx.areas.inviteLinks.create({
			...input,
			userId,
			isServerOwner: isOwner,
			roomId: roomIdOf(input.roomId),
		});
	});

export const inviteLinks = sessionProcedure
	.input(roomInput)
	.output(inviteLinksOutput)
	.query(async ({ ctx, input }) => {
		const items = await ctx.areas.inviteLinks.list(ctx.viewer.userId, roomIdOf(input.roomId));
		return { items: [...items] };
	});

export const revokeInviteLink = sessionProcedure
	.input(revokeInviteLinkInput)
	.output(doneOutput)
	.mutation(async ({ ctx, input: { roomId, linkId } }) => {
		await ctx.areas.inviteLinks.revoke({ userId: ctx.viewer.userId, roomId: roomIdOf(roomId), linkId });
		return { done: true as const };
	});

/** A mutation, though it changes nothing: the secret goes into a body, never into an address. */
export const previewInviteLink = publicProcedure
	.input(inviteTokenInput)
	.output(wireInvitePreview)
	.mutation(async ({ ctx, input: { token } }) => {
		const viewer = await ctx.findViewer();
		return ctx.areas.inviteLinks.preview({ token, address: ctx.address, userId: viewer?.userId });
	});

export const joinByInviteLink = sessionProcedure
	.input(inviteTokenInput)
	.output(roomIdOutput)
	.mutation(async ({ ctx, input: { token } }) => ({
		roomId: await ctx.areas.inviteLinks.join({ userId: ctx.viewer.userId, token }),
	}));
