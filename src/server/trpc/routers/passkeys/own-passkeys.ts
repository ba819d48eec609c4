import { doneOutput } from "../../../../shared/wire/call-fields.ts";
import {
	addPasskeyInput,
	newPasskeyInput,
	passkeyOptions,
	removePasskeyInput,
	renamePasskeyInput,
	waysInOutput,
} from "../../../../shared/wire/passkey-calls.ts";
import { passkeyProcedure, sessionProcedure } from "../../procedures.ts";
import { proofOf } from "../accounts/proven.ts";

export const waysIn = sessionProcedure.output(waysInOutput).query(async ({ ctx }) => {
	const { passkeys, hasPassword, isConfirmed } = await ctx.areas.accounts.passkeys.waysIn(
		ctx.viewer,
		ctx.confirmationTicket,
	);
	return { hasPassword, isConfirmed, passkeys: [...passkeys] };
});

export const beginAdd = passkeyProcedure
	.input(addPasskeyInput)
	.output(passkeyOptions)
	.mutation(({ ctx, input }) =>
		ctx.areas.accounts.passkeys.beginAdd(ctx.viewer, {
			relyingParty: ctx.relyingParty,
			proof: proofOf(ctx, input.proof),
		}),
	);

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
	.input(removePasskeyInput)
	.output(doneOutput)
	.mutation(async ({ ctx, input: { id, proof } }) => {
		await ctx.areas.accounts.passkeys.remove(ctx.viewer, { id, proof: proofOf(ctx, proof) });
		return { done: true as const };
	});
