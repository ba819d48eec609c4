import * as z from "zod";
import {
	deviceOutput,
	provenInput,
	renameDeviceInput,
	revokeDeviceInput,
} from "../../../../shared/wire/account-calls.ts";
import { doneOutput } from "../../../../shared/wire/call-fields.ts";
import { sessionProcedure } from "../../procedures.ts";
import { proofOf } from "./proven.ts";

export const devices = sessionProcedure
	.output(z.object({ items: z.array(deviceOutput) }))
	.query(async ({ ctx }) => ({ items: [...(await ctx.areas.accounts.listDevices(ctx.viewer))] }));

export const renameDevice = sessionProcedure
	.input(renameDeviceInput)
	.output(doneOutput)
	.mutation(async ({ ctx, input }) => {
		await ctx.areas.accounts.renameDevice(ctx.viewer, input);
		return { done: true as const };
	});

export const revokeDevice = sessionProcedure
	.input(revokeDeviceInput)
	.output(doneOutput)
	.mutation(async ({ ctx, input: { deviceId, proof } }) => {
		await ctx.areas.accounts.revokeDevice(ctx.viewer, { deviceId, proof: proof && proofOf(ctx, proof) });
		return { done: true as const };
	});

export const revokeOtherDevices = sessionProcedure
	.input(provenInput)
	.output(doneOutput)
	.mutation(async ({ ctx, input }) => {
		await ctx.areas.accounts.revokeOtherDevices(ctx.viewer, proofOf(ctx, input.proof));
		return { done: true as const };
	});
