import { doneOutput } from "../../../../shared/wire/call-fields.ts";
import {
	newPasskeyInput,
	passkeyInput,
	passkeyOptions,
	renamePasskeyInput,
	waysInOutput,
} from "../../../../shared/wire/passkey-calls.ts";
import { passkeyProcedure, sessionProcedure } from "../../procedures.ts";

export const waysIn = sessionProcedure.output(waysInOutput).query(async ({ ctx }) => {
	const { passkeys, hasPassword } = await ctx.areas.accounts.passkeys.waysIn(ctx.viewer);
	return { hasPassword, passkeys: [...passkeys] };
});

export const beginAdd = passkeyProcedure
	.output(passkeyOptions)
	.mutation(({ ctx }) => ctx.areas.accounts.passkeys.beginAdd(ctx.viewer, ctx.relyingParty));

export const add = passkeyProcedure
	.input(newPasskeyInput)
	.output(doneOutput)
	.mutation(async ({ ctx, input }) => {
		await ctx.areas.accounts.passkeys.add(ctx.viewer, { ...input, relyingParty: ctx.relyingParty });
		return { done: true as const };
	});

export const rename = sessionProcedure
	.input(renamePasskeyInput)
	.output(doneOutput)
	.mutation(async ({ ctx, input }) => {
		await ctx.areas.accounts.passkeys.rename(ctx.viewer, input);
		return { done: true as const };
	});

export const remove = sessionProcedure
	.input(passkeyInput)
	.output(doneOutput)
	.mutation(async ({ ctx, input }) => {
		await ctx.areas.accounts.passkeys.remove(ctx.viewer, input.id);
		return { done: true as const };
	});
