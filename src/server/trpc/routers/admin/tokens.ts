import {
	adminTokensOutput,
	createTokenInput,
	newTokenOutput,
	removeTokenInput,
} from "../../../../shared/wire/admin-calls.ts";
import { doneOutput } from "../../../../shared/wire/call-fields.ts";
import { adminProcedure } from "../../procedures.ts";

export const tokens = adminProcedure
	.output(adminTokensOutput)
	.query(async ({ ctx }) => ({ items: [...(await ctx.areas.admin.tokens())] }));

export const createToken = adminProcedure
	.input(createTokenInput)
	.output(newTokenOutput)
	.mutation(async ({ ctx, input }) => ({ token: await ctx.areas.admin.createToken(input) }));

export const removeToken = adminProcedure
	.input(removeTokenInput)
	.output(doneOutput)
	.mutation(async ({ ctx, input }) => {
		await ctx.areas.admin.removeToken(input.id);
		return { done: true as const };
	});
