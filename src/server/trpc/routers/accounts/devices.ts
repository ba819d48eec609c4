import { z } from "zod";
import { deviceInput, deviceOutput, renameDeviceInput } from "../../../../shared/wire/account-calls.ts";
import { doneOutput } from "../../../../shared/wire/call-fields.ts";
import { sessionProcedure } from "../../procedures.ts";

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
	.input(deviceInput)
	.output(doneOutput)
	.mutation(async ({ ctx, input }) => {
		await ctx.areas.accounts.revokeDevice(ctx.viewer, input.deviceId);
		return { done: true as const };
	});

export const revokeOtherDevices = sessionProcedure.output(doneOutput).mutation(async ({ ctx }) => {
	await ctx.areas.accounts.revokeOtherDevices(ctx.viewer);
	return { done: true as const };
});
