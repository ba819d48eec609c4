import * as z from "zod";
import {
	changeAvatarInput,
	changeDisplayNameInput,
	changePasswordInput,
	provenInput,
} from "../../../../shared/wire/account-calls.ts";
import { doneOutput } from "../../../../shared/wire/call-fields.ts";
import { sessionProcedure } from "../../procedures.ts";
import { proofOf } from "./proven.ts";

export const changeDisplayName = sessionProcedure
	.input(changeDisplayNameInput)
	.output(z.object({ displayName: z.string() }))
	.mutation(({ ctx, input }) => ctx.areas.accounts.changeDisplayName(ctx.viewer, input.displayName));

export const changeAvatar = sessionProcedure
	.input(changeAvatarInput)
	.output(doneOutput)
	.mutation(async ({ ctx, input }) => {
		await ctx.areas.accounts.changeAvatar(ctx.viewer, input.avatarUrl);
		return { done: true as const };
	});

export const changePassword = sessionProcedure
	.input(changePasswordInput)
	.output(doneOutput)
	.mutation(async ({ ctx, input }) => {
		await ctx.areas.accounts.changePassword(ctx.viewer, { ...input, proof: proofOf(ctx, input.proof) });
		return { done: true as const };
	});

export const deactivate = sessionProcedure
	.input(provenInput)
	.output(doneOutput)
	.mutation(async ({ ctx, input }) => {
		await ctx.areas.accounts.deactivate(ctx.viewer, proofOf(ctx, input.proof));
		return { done: true as const };
	});
